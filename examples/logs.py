"""Analyses a web server's log with a chain of generators; nothing is ever held as a whole.

./bootstrap run examples/logs.py examples/data/access.log [--since HH:MM] [--status 4xx] [--top N]
"""
import sys


class Record:
    """One request."""

    __slots__ = ("host", "user", "minute", "method", "path", "query", "status", "size", "agent", "line")

    def __init__(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)

    @property
    def ok(self):
        return self.status < 400

    @property
    def time(self):
        return f"{self.minute // 60:02}:{self.minute % 60:02}"

    def __repr__(self):
        return f"{self.time} {self.host} {self.method} {self.path} -> {self.status}"


class ParseError(ValueError):
    pass


# --- sources ----------------------------------------------------------------

def lines_of(*paths):
    """(number, line) of all files, one after the other; the number goes on."""
    number = 0
    for path in paths:
        with open(path, encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, number + 1):
                yield number, line.rstrip("\n")


def fields_of(line):
    """The fields of a line in combined log format: words, [bracketed] or "quoted"."""
    i, n = 0, len(line)
    while i < n:
        c = line[i]
        if c == " ":
            i += 1
        elif c in '["':
            end, parts, i = "]" if c == "[" else '"', [], i + 1
            while True:
                if i >= n:
                    raise ParseError(f"no {end} to the {c}")
                if line[i] == "\\" and i + 1 < n:
                    parts.append(line[i + 1])
                    i += 2
                elif line[i] == end:
                    break
                else:
                    parts.append(line[i])
                    i += 1
            yield "".join(parts)
            i += 1
        else:
            end = line.find(" ", i)
            if end < 0:
                end = n
            yield line[i:end]
            i = end


def decode(text):
    """%41 and + in a path."""
    if "%" not in text and "+" not in text:
        return text
    first, *rest = text.replace("+", " ").encode().split(b"%")
    out = bytearray(first)
    for part in rest:
        try:
            out.append(int(part[:2], 16))
            out += part[2:]
        except ValueError:
            out += b"%" + part
    return out.decode("utf-8", "replace")


def parse(number, line):
    fields = list(fields_of(line))
    match fields:
        case [host, _, user, when, request, status, size, _, agent]:
            pass
        case [host, _, user, when, request, status, size]:
            agent = "-"
        case _:
            raise ParseError(f"{len(fields)} fields")
    match request.split():
        case [method, target, protocol] if protocol.startswith("HTTP/"):
            path, _, query = target.partition("?")
        case _:
            raise ParseError(f"not a request: {request!r}")
    _, hour, minute, *_ = when.split(":")
    return Record(host=host, user=None if user == "-" else user, minute=int(hour) * 60 + int(minute), method=method,
                  path=decode(path), query=dict(parse_query(query)), status=int(status),
                  size=0 if size == "-" else int(size), agent=agent, line=number)


def parse_query(text):
    for part in filter(None, text.split("&")):
        name, equals, value = part.partition("=")
        yield decode(name), decode(value) if equals else None


# --- the chain --------------------------------------------------------------

def records(numbered, complaints):
    for number, line in numbered:
        if not line or line.startswith("#"):
            continue
        try:
            yield parse(number, line)
        except ValueError as error:
            complaints.append(f"line {number}: {error}")


def since(stream, minute):
    return (r for r in stream if r.minute >= minute)


def with_status(stream, pattern):
    """404, 4xx, or several with commas."""
    patterns = pattern.split(",")
    for r in stream:
        if any(all(p in ("x", d) for p, d in zip(one, str(r.status))) for one in patterns):
            yield r


def tee_to(stream, *sinks):
    """Feeds each record to some coroutines on its way; closes them at the end."""
    for sink in sinks:
        next(sink)
    try:
        for r in stream:
            for sink in sinks:
                sink.send(r)
            yield r
    finally:
        for sink in sinks:
            sink.close()


def sliding(stream, minutes):
    """(record, how many came in the last minutes) with a window of our own."""
    window, start = [], 0
    for r in stream:
        window.append(r.minute)
        while window[start] <= r.minute - minutes:
            start += 1
        if start > 50:
            del window[:start]
            start = 0
        yield r, len(window) - start


# --- sinks: coroutines that report when they are closed -----------------------

def counter(title, key, report, top=5):
    counts = {}
    try:
        while True:
            r = yield
            k = key(r)
            if k is not None:
                counts[k] = counts.get(k, 0) + 1
    finally:
        report.append((title, list(table(counts, top))))


def table(counts, top):
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    total = sum(counts.values()) or 1
    for name, count in ranked[:top]:
        yield f"{name!s:<28} {count:>6} {count / total:>7.1%} {'#' * round(count * 30 / ranked[0][1])}"
    if len(ranked) > top:
        yield f"and {len(ranked) - top} more"


def sizes(report):
    """Mean, median and the largest, of what was sent."""
    seen, largest = [], None
    try:
        while True:
            r = yield
            if r.size:
                seen.append(r.size)
                if largest is None or r.size > largest.size:
                    largest = r
    except GeneratorExit:
        if seen:
            seen.sort()
            half = len(seen) // 2
            median = seen[half] if len(seen) % 2 else (seen[half - 1] + seen[half]) / 2
            report.append(("bytes", [f"total {sum(seen):,}", f"mean {sum(seen) / len(seen):,.1f}",
                                     f"median {median:,}", f"largest {largest.size:,} ({largest!r})"]))
        raise


def sessions(report, gap=30):
    """Visits: requests of one host and agent with less than `gap` minutes between them."""
    open_visits, finished = {}, []

    def finish(visit):
        finished.append((visit["last"] - visit["first"], visit["count"], visit["host"]))

    try:
        while True:
            r = yield
            visit = open_visits.get((r.host, r.agent))
            if visit is not None and r.minute - visit["last"] >= gap:
                finish(visit)
                visit = None
            if visit is None:
                visit = open_visits[r.host, r.agent] = {"host": r.host, "first": r.minute, "count": 0}
            visit |= {"last": r.minute, "count": visit["count"] + 1}
    finally:
        for visit in open_visits.values():
            finish(visit)
        finished.sort(reverse=True)
        lines = [f"{len(finished)} visits, {sum(1 for _, n, _ in finished if n == 1)} of a single request"]
        lines += (f"{host}: {count} requests in {length} minutes" for length, count, host in finished[:3])
        report.append(("visits", lines))


def hours(stream):
    """Draws the day: one bar per hour, failures marked."""
    good, bad = [0] * 24, [0] * 24
    for r in stream:
        (good if r.ok else bad)[r.minute // 60] += 1
    most = max(map(sum, zip(good, bad)), default=0)
    for hour, (g, b) in enumerate(zip(good, bad)):
        if g or b:
            scale = 40 / most
            yield f"{hour:02}h {'=' * round(g * scale)}{'!' * round(b * scale)} {g + b}"


def walk(tree, depth=0):
    """Directories with their totals, recursively."""
    for name in sorted(tree, key=lambda n: (-tree[n][0], n)):
        count, below = tree[name]
        yield f"{'  ' * depth}{name or '(root)'} {count}"
        yield from walk(below, depth + 1)


def directories(report, depth=2):
    tree = {}
    try:
        while True:
            r = yield
            level = tree
            for part in r.path.strip("/").split("/")[:depth]:
                entry = level.setdefault(part, [0, {}])
                entry[0] += 1
                level = entry[1]
    finally:
        report.append(("directories", list(walk(tree))))


# --- the command line ---------------------------------------------------------

def options(words):
    chosen, files = {"since": None, "status": None, "top": "5", "burst": "4"}, []
    words = iter(words)
    for word in words:
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            if name not in chosen:
                sys.exit(f"unknown option --{name}")
            try:
                chosen[name] = value if equals else next(words)
            except StopIteration:
                sys.exit(f"--{name} needs a value")
        else:
            files.append(word)
    if not files:
        sys.exit("which log?")
    return chosen, files


def main(argv):
    chosen, files = options(argv[1:])
    complaints, report, top = [], [], int(chosen["top"])
    stream = records(lines_of(*files), complaints)
    if chosen["since"]:
        hour, _, minute = chosen["since"].partition(":")
        stream = since(stream, int(hour) * 60 + int(minute or 0))
    if chosen["status"]:
        stream = with_status(stream, chosen["status"])
    stream = tee_to(
        stream,
        counter("pages", lambda r: r.path if r.ok else None, report, top),
        counter("not there", lambda r: r.path if r.status == 404 else None, report, top),
        counter("status", lambda r: r.status, report, 9),
        counter("searches", lambda r: r.query.get("q"), report, top),
        sizes(report),
        sessions(report),
        directories(report),
    )
    busiest, burst = None, 0

    def watched():
        nonlocal busiest, burst
        for r, count in sliding(stream, int(chosen["burst"])):
            if count > burst:
                busiest, burst = r, count
            yield r

    print("requests by the hour")
    for line in hours(watched()):
        print("  " + line)
    for title, lines in report:
        print(title)
        for line in lines or ["none"]:
            print("  " + line)
    if busiest:
        print(f"most within {chosen['burst']} minutes: {burst}, up to {busiest.time}")
    print(f"{len(complaints)} lines are not understood")
    for complaint in complaints:
        print("  " + complaint)


if __name__ == "__main__":
    main(sys.argv)
