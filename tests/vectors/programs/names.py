"""Names that Python allows and JavaScript keeps for itself."""

function = "a constant called function"
Map = {"a": "constant called Map"}


def _new(delete, var=2):
    return delete + var


def _arguments(*arguments):
    return arguments


def local_names_that_are_keywords():
    new, delete, var, let, const = 1, 2, 3, 4, 5
    this, typeof, void, switch, case = 6, 7, 8, 9, 10
    return [new, delete, var, let, const, this, typeof, void, switch, case]


def more_keywords():
    function, default, do, enum, export = 1, 2, 3, 4, 5
    extends, instanceof, null, throw, catch = 6, 7, 8, 9, 10
    return function + default + do + enum + export + extends + instanceof + null + throw + catch


def names_of_strict_mode():
    arguments, eval, interface, package, private = 1, 2, 3, 4, 5
    protected, public, static, implements, undefined = 6, 7, 8, 9, 10
    return [arguments, eval, interface, package, private, protected, public, static, implements][
        -1
    ] + undefined


def globals_of_javascript():
    Array, Object, String, Number, Symbol = [1], {"o": 1}, "s", 4.0, ("t",)
    return [*Array, 2], {**Object, "p": 2}, f"{String}", Number, (*Symbol, 1), [x for x in Array]


def more_globals_of_javascript():
    Error, Promise, JSON, Math, NaN = 1, 2, 3, 4, 5
    Infinity, BigInt, Boolean, Set, RegExp = 6, 7, 8, 9, 10
    big = 2**64
    return Error + Promise + JSON + Math + NaN + Infinity + BigInt + Boolean + Set + RegExp + big


def bytes_beside_a_name():
    Uint8Array = 7
    return b"ab", Uint8Array


def the_name_of_the_runtime():
    py = [1, 2]
    py.append(3)
    return py, len(py), py[0] + py[1]


def console_and_options():
    console, options, test, setup, module, require, exports = 1, 2, 3, 4, 5, 6, 7
    return console + options + test + setup + module + require + exports


def parameters_that_are_keywords():
    return _new(1), _new(delete=3), _new(1, var=5), _arguments(1, 2)


def keyword_only_that_is_a_keyword():
    def f(*, new, this=3):
        return new, this

    return f(new=1), f(this=1, new=2)


def lambda_parameters():
    return (lambda new, var=2: new * var)(4), (lambda function: function)(1)


def comprehension_variables():
    return [new for new in range(3)], {this: null for this, null in [(1, 2)]}


def constants_of_the_module():
    return function, Map["a"]


def local_shadows_constant():
    function = 5
    return function


def loop_variables():
    result = []
    for var in [1, 2]:
        for let, const in [(var, var)]:
            result.append(let + const)
    return result


def exception_variable():
    try:
        raise ValueError("x")
    except ValueError as throw:
        return str(throw)


def nested_function_names():
    def delete(this):
        return this + 1

    def typeof():
        return delete(1)

    return typeof(), delete(this=5)


def korean_names():
    이름, 나이 = "철수", 7
    인사 = f"{이름}: {나이}"
    return 인사


def greek_and_accents():
    π, été, ñ, ß_ = 3.14, "summer", 1, 2
    return π * 2, été, ñ + ß_


def normalised_names():
    ﬁ = 1
    return fi + 1


def underscores():
    _, __, _a, a_, __b = 1, 2, 3, 4, 5
    return _ + __ + _a + a_ + __b


def dollar_like_names():
    new_, _1, _result, result = 1, 2, 3, 4
    values = [result for result in [_result]]
    return new_ + _1, values, result


class Keywords:
    default = 1
    static = 2

    def __init__(self, new, delete=0):
        self.new = new
        self.delete = delete
        self.function = self.var = 3
        self.this = 4

    def catch(self):
        return self.new + self.delete + self.function + self.this

    def typeof(self, this):
        return this + self.default

    @property
    def void(self):
        return "void"

    @staticmethod
    def export():
        return "export"

    @classmethod
    def throw(cls):
        return cls.static


def attributes_that_are_keywords():
    o = Keywords(1, delete=2)
    return o.catch(), o.typeof(5), o.void, o.export(), o.throw(), Keywords.throw(), o.var


def attributes_of_javascript_objects():
    o = Keywords(1)
    o.length, o.name, o.valueOf = 1, "n", 2
    o.toString, o.hasOwnProperty = 3, 4
    return o.length, o.name, o.valueOf, o.toString, o.hasOwnProperty


class Prototype:
    prototype_ = 3
    name = "a name"
    length = 5

    def apply(self, call):
        return [self.name, self.length, call]

    def toString(self):
        return "toString"

    def bind(self):
        return "bind"


def class_attributes_that_functions_have():
    o = Prototype()
    return o.apply("c"), Prototype.name, Prototype.length, o.toString(), o.bind()


def dictionary_keys_of_objects():
    d = {"constructor": 1, "prototype": 2, "toString": 4, "hasOwnProperty": 5}
    d["__proto__"] = 3
    return d, d["constructor"], d.get("valueOf"), "__proto__" in d, "valueOf" in d


def keys_of_objects_in_sets():
    return sorted({"__proto__", "constructor", "constructor"}), "toString" in {"a"}


def self_by_another_name():
    class_ = Named(3)
    return class_.get_it(), class_.later()()


class Named:
    def __init__(this, value):
        this.value = value

    def get_it(me):
        return me.value

    def later(this):
        return lambda: this.value + 1


def of_and_get_and_set():
    of, get, set_, async_, from_, as_ = 1, 2, 3, 4, 5, 6
    for of in [of, get]:
        of += set_
    return of, async_, from_, as_


def names_of_builtins_in_javascript():
    isNaN, parseInt, escape, Date, Function, Proxy, WeakMap = 1, 2, 3, 4, 5, 6, 7
    return int("5") + isNaN + parseInt + escape + Date + Function + Proxy + WeakMap
