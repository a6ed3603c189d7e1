"""Slices: reading, assigning, deleting."""


def positive():
    v = [0, 1, 2, 3, 4, 5]
    return v[1:3], v[:2], v[4:], v[:], v[2:2], v[4:2], v[0:100]


def negative():
    v = [0, 1, 2, 3, 4, 5]
    return v[-2:], v[:-2], v[-4:-1], v[-100:2], v[2:-100], v[-1:], v[:-100]


def steps():
    v = list(range(10))
    return v[::2], v[1::3], v[2:8:2], v[::-1], v[::-3], v[8:2:-2], v[-1:-6:-2], v[2:8:-1], v[::100]


def of_text():
    s = "a👍bcd"
    return s[1:3], s[::-1], s[-2:], s[::2], s[3:1:-1], s[5:], s[:0]


def of_tuples():
    t = (1, 2, 3, 4)
    return t[1:], t[::-1], t[:0], t[-2:], t[1:2]


def of_bytes():
    b = b"hello"
    return b[1:3], b[::-1], b[-1], b[:2], b[0]


def of_ranges():
    r = range(10)
    return list(r[2:5]), list(r[::-3]), r[1:4], r[-1]


def zero_step():
    return [1, 2][::0]


def none_bounds():
    v = [1, 2, 3]
    return v[None:2], v[None:None:None], v[1:None], v[: None or 2]


def computed_bounds():
    v, n = list(range(6)), 2
    return (
        v[n : n + 2],
        v[-n:],
        v[: len(v) // 2],
        v[n:][:n],
        [v[i : i + n] for i in range(0, len(v), n)],
    )


def text_bounds():
    return [1, 2]["0":]


def slice_is_a_copy():
    v = [[1], [2]]
    w = v[:]
    w.append(3)
    w[0].append(9)
    return v, w, v[:] == v, v[:] is v


def assignment():
    v = [0, 1, 2, 3]
    v[1:3] = ["a", "b", "c"]
    return v


def assignment_of_nothing():
    v = [0, 1, 2, 3]
    v[1:3] = []
    return v


def assignment_as_insertion():
    v = [0, 1]
    v[1:1] = [9, 8]
    v[len(v) :] = "xy"
    v[:0] = (7,)
    return v


def assignment_of_all():
    v = [1, 2]
    w = v
    v[:] = [5, 6, 7]
    return w, v is w


def assignment_with_negative_bounds():
    v = [0, 1, 2, 3]
    v[-2:] = [9]
    v[:-2] = [8, 8, 8]
    return v


def assignment_with_step():
    v = [0, 1, 2, 3, 4]
    v[::2] = ["a", "b", "c"]
    v[1::2] = range(2)
    return v


def assignment_with_step_of_another_size():
    v = [0, 1, 2]
    v[::2] = [1]
    return v


def assignment_backwards():
    v = [1, 2, 3]
    v[::-1] = [7, 8, 9]
    return v


def assignment_of_itself():
    v = [1, 2, 3]
    v[1:1] = v
    return v


def assignment_beyond():
    v = [1]
    v[5:9] = [2]
    v[3:1] = [4]
    return v


def assignment_of_a_number():
    v = [1]
    v[:] = 5
    return v


def deletion():
    v = list(range(8))
    del v[1:3]
    del v[-1:]
    del v[::2]
    return v


def deletion_of_all():
    v = [1, 2]
    w = v
    del v[:]
    return w


def deletion_with_negative_step():
    v = list(range(6))
    del v[::-2]
    return v


def deletion_of_items():
    v = [1, 2, 3]
    del v[0], v[-1]
    d = {"a": 1, "b": 2}
    del d["a"]
    return v, d


def deletion_out_of_range():
    v = [1]
    del v[3]
    return v


def augmented():
    v = [1, 2, 3]
    v[1] += 9
    v[-1] *= 2
    v += v[:1]
    return v


def items():
    v = [1, 2, 3]
    v[0], v[-1] = v[-1], v[0]
    v[1] = v[1] * 10
    return v


def item_out_of_range():
    return [1, 2][2]


def negative_item_out_of_range():
    return [1, 2][-3]


def assigning_out_of_range():
    v = [1]
    v[1] = 2
    return v


def tuple_out_of_range():
    return (1,)[1]


def item_of_none():
    v = None
    return v[0]


def item_by_text():
    v = [1]
    return v["0"]


def assigning_to_tuple_item():
    t = (1,)
    t[0] = 2
    return t


def assigning_to_text_item():
    s = "abc"
    s[0] = "x"
    return s


def nested():
    grid = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    grid[1][1:] = ["x"]
    return grid, [row[:2] for row in grid], grid[1:][0][0], [row[::-1] for row in grid[::-1]]


def rotated():
    v = [1, 2, 3, 4]
    return v[1:] + v[:1], v[-1:] + v[:-1], v[::-1][::2]


def list_methods():
    v = [3, 1, 2]
    v.append(5)
    v.extend("ab")
    v.insert(1, "i")
    v.insert(-1, "j")
    v.insert(100, "end")
    popped = v.pop(), v.pop(0), v.pop(-2)
    v.remove("i")
    v.reverse()
    return v, popped, v.index(2), v.count("a"), v.copy() == v


def pop_from_empty():
    return [].pop()


def remove_missing():
    return [1].remove(2)


def index_missing():
    return [1].index(5)


def multiplication():
    v = [[0]] * 2
    v[0].append(1)
    return v, [1, 2] * 2, 2 * [3], [1] * 0, [1] * -1


def concatenation_with_tuple():
    return [1] + (2,)
