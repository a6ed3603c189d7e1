"""bytes and base64."""

import base64


def literals():
    return b"", b"abc", b"\x00\xff\n\\'", b'"', bytes(3), bytes([1, 2]), b"it's"


def items():
    b = b"abc"
    return b[0], b[-1], b[1:], b[::-1], len(b), list(b), 97 in b, b"bc" in b, b"x" in b


def encoding():
    return (
        "방".encode(),
        "é".encode("latin-1"),
        "a".encode("ascii"),
        "👍".encode("utf-8"),
        "".encode(),
    )


def encoding_fails():
    return "방".encode("ascii")


def decoding():
    return (
        b"\xeb\xb0\xa9".decode(),
        b"abc".decode("ascii"),
        b"\xe9".decode("latin-1"),
        bytes([240, 159, 145, 141]).decode(),
    )


def decoding_fails():
    return b"\xff".decode()


def decoding_with_errors():
    return (
        b"a\xffb".decode("utf-8", "replace"),
        b"a\xffb".decode(errors="ignore"),
        b"ok".decode("utf-8", errors="strict"),
    )


def joining():
    return b"a" + b"b", b"ab" * 2, b",".join([b"a", b"b"]), bytes() + b"x"


def joining_with_text():
    return b"a" + "b"


def comparing():
    return b"a" == b"a", b"a" < b"b", b"a" != b"b", b"a" == "a", b"" == bytes(0), b"ab" > b"aa"


def hexadecimal():
    return b"\x00\xff".hex(), bytes.fromhex("00ff 10"), "방".encode().hex()


def searching():
    b = b"a=b=c"
    return (
        b.split(b"="),
        b.find(b"="),
        b.startswith(b"a"),
        b.endswith(b"x"),
        b.replace(b"=", b"-"),
        b.count(b"="),
    )


def base64_encoding():
    return (
        base64.b64encode(b"hello"),
        base64.b64encode("방".encode()).decode(),
        base64.b64encode(b""),
        base64.urlsafe_b64encode(b"\xff\xfe"),
    )


def base64_decoding():
    return base64.b64decode("aGVsbG8="), base64.b64decode(b"aGVsbG8="), base64.b64decode("")


def truth_and_keys():
    return bool(b""), bool(b"\0"), {b"a": 1}[b"a"], b"" or "empty"


def item_out_of_range():
    return b"a"[5]


def iterating():
    return (
        [n * 2 for n in b"ab"],
        sum(b"abc"),
        max(b"az"),
        sorted(b"cab"),
        list(enumerate(b"a")),
        list(zip(b"a", "b")),
    )


def checksum():
    value = 0
    for byte in "hello 방".encode():
        value = (value * 31 + byte) % 65521
    return value


def building():
    out = []
    for n in range(0, 256, 51):
        out.append(n)
    return bytes(out), bytes(n % 7 for n in range(5)), bytes("a", "utf-8"), bytes(b"copy")


def out_of_range():
    return bytes([256])


def integers():
    return (
        (1000).to_bytes(4, "big"),
        int.from_bytes(b"\x03\xe8", "big"),
        int.from_bytes(b"\xe8\x03", "little"),
    )


def shown():
    return str(b"a"), repr(b"'\""), f"{b'x'}", [b"\r\t"], b"\x7f\x80"


def isinstance_of_bytes():
    return isinstance(b"", bytes), isinstance("", bytes), isinstance(b"", (str, bytes))


def stripping_and_cases():
    return b" a ".strip(), b"aB".upper(), b"aB".lower(), b"7".isdigit(), b"a\nb".splitlines()
