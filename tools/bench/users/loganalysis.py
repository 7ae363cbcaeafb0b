"""Reads a web server's log and reports: busiest pages, errors, response times, visits, suspicious clients."""
import random
import re
import sys
from collections import Counter, defaultdict, namedtuple
from datetime import datetime, timedelta

LINE = re.compile(r'(?P<host>\S+) \S+ (?P<user>\S+) \[(?P<time>[^\]]+)\] "(?P<request>[^"]*)" (?P<status>\d{3}) (?P<size>\d+|-) '
                  r'"(?P<referer>[^"]*)" "(?P<agent>[^"]*)" (?P<ms>\d+)')
TIME_FORMAT = "%d/%b/%Y:%H:%M:%S"
Entry = namedtuple("Entry", "host user time method path query status size referer agent ms")


def sample_log(lines):
    """Lines such as a server writes, some of them damaged."""
    rng = random.Random(2024)
    paths = ["/", "/index.html", "/about", "/products", "/products/{}", "/cart?item={}", "/search?q=word{}&page=2", "/login", "/static/app.js",
             "/static/style.css", "/api/v1/items/{}", "/admin.php", "/favicon.ico"]
    agents = ["Mozilla/5.0 (X11; Linux)", "curl/7.88", "Googlebot/2.1", "Mozilla/5.0 (iPhone)"]
    now = datetime(2024, 3, 1)
    for i in range(lines):
        now += timedelta(seconds=rng.randrange(0, 40))
        if i % 97 == 50:
            yield "broken line " + "x" * (i % 7)
            continue
        path = rng.choice(paths).format(rng.randrange(40))
        status = rng.choice([200] * 20 + [304, 301, 404, 404, 500, 403])
        size = "-" if status == 304 else str(rng.randrange(200, 90000))
        host = f"10.0.{rng.randrange(4)}.{rng.randrange(30)}"
        user = rng.choice(["-", "-", "-", "anna", "ben"])
        method = rng.choice(["GET"] * 9 + ["POST"])
        referer = rng.choice(["-", "https://example.org/", "https://search.example/?q=a"])
        ms = int(rng.expovariate(1 / 80)) + 3
        yield f'{host} - {user} [{now.strftime(TIME_FORMAT)} +0000] "{method} {path} HTTP/1.1" {status} {size} "{referer}" "{rng.choice(agents)}" {ms}'


def parse_line(line):
    found = LINE.match(line)
    if not found:
        raise ValueError(f"cannot read {line[:20]!r}")
    request = found["request"].split()
    if len(request) != 3:
        raise ValueError("bad request")
    path, _, query = request[1].partition("?")
    when = datetime.strptime(found["time"].split()[0], TIME_FORMAT) if not TIMES else parse_time(found["time"])
    size = 0 if found["size"] == "-" else int(found["size"])
    return Entry(found["host"], found["user"], when, request[0], path, query, int(found["status"]), size, found["referer"], found["agent"],
                 int(found["ms"]))


MONTHS = {name: i for i, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
TIMES = {}


def parse_time(text):
    """strptime is slow; most days repeat."""
    day = text[:11]
    if day not in TIMES:
        TIMES[day] = datetime(int(text[7:11]), MONTHS[text[3:6]], int(text[:2]))
    return TIMES[day] + timedelta(hours=int(text[12:14]), minutes=int(text[15:17]), seconds=int(text[18:20]))


def parse(lines):
    bad = 0
    entries = []
    for line in lines:
        try:
            entries.append(parse_line(line))
            if not TIMES:
                parse_time(line[line.index("[") + 1:line.index("]")])
        except ValueError:
            bad += 1
    return entries, bad


def percentile(values, fraction):
    if not values:
        return 0
    values = sorted(values)
    position = (len(values) - 1) * fraction
    low = int(position)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (position - low)


class Statistics:
    """What is known of one page."""

    def __init__(self, path):
        self.path = path
        self.hits = 0
        self.bytes = 0
        self.errors = 0
        self.times = []

    def add(self, entry):
        self.hits += 1
        self.bytes += entry.size
        self.times.append(entry.ms)
        if entry.status >= 400:
            self.errors += 1

    @property
    def error_rate(self):
        return self.errors / self.hits if self.hits else 0.0

    def row(self):
        return f"{self.path:24} {self.hits:6} {human(self.bytes):>9} {self.error_rate:6.1%} {percentile(self.times, .5):7.1f} {percentile(self.times, .95):7.1f}"


def human(size):
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.1f} {unit}" if unit != "B" else f"{size} B"
        size /= 1000


def general_path(path):
    """/products/17 -> /products/*"""
    return "/".join("*" if part.isdigit() else part for part in path.split("/"))


def by_page(entries):
    pages = {}
    for entry in entries:
        path = general_path(entry.path)
        if path not in pages:
            pages[path] = Statistics(path)
        pages[path].add(entry)
    return pages


def visits(entries, pause=timedelta(minutes=10)):
    """Requests of one client with no longer pause than that: (host, start, end, pages)."""
    open_visits = {}
    closed = []
    for entry in entries:
        key = entry.host, entry.agent
        visit = open_visits.get(key)
        if visit is None or entry.time - visit["end"] > pause:
            if visit is not None:
                closed.append(visit)
            visit = open_visits[key] = {"host": entry.host, "start": entry.time, "pages": []}
        visit["end"] = entry.time
        visit["pages"].append(entry.path)
    closed.extend(open_visits.values())
    return closed


def suspicious(entries):
    reasons = defaultdict(Counter)
    for e in entries:
        if e.path.endswith(".php"):
            reasons[e.host]["asks for scripts"] += 1
        if e.status == 403:
            reasons[e.host]["is refused"] += 1
        if e.method == "POST" and e.path == "/login":
            reasons[e.host]["logs in"] += 1
    score = {host: sum(r.values()) for host, r in reasons.items()}
    top = sorted(score, key=lambda host: (-score[host], host))[:5]
    return [(host, score[host], ", ".join(f"{k} ({n})" for k, n in sorted(reasons[host].items()))) for host in top]


def queries(entries):
    words = Counter()
    for e in entries:
        for pair in e.query.split("&"):
            name, _, value = pair.partition("=")
            if name == "q":
                words[value.lower()] += 1
    return words


def histogram(values, buckets=(10, 30, 100, 300, 1000)):
    counts = [0] * (len(buckets) + 1)
    for v in values:
        for i, limit in enumerate(buckets):
            if v < limit:
                counts[i] += 1
                break
        else:
            counts[-1] += 1
    return counts


def report(entries, bad):
    print(f"{len(entries)} requests, {bad} lines not understood")
    print(f"from {entries[0].time:%Y-%m-%d %H:%M} to {entries[-1].time:%Y-%m-%d %H:%M}")
    pages = by_page(entries)
    for page in sorted(pages.values(), key=lambda p: (-p.hits, p.path))[:8]:
        print(page.row())
    print("status:", ", ".join(f"{s} {n}" for s, n in sorted(Counter(e.status for e in entries).items())))
    hours = Counter(e.time.hour for e in entries)
    for hour in sorted(hours):
        print(f"{hour:02} {'#' * (hours[hour] * 40 // max(hours.values()))}")
    all_visits = visits(entries)
    lengths = [len(v["pages"]) for v in all_visits]
    seconds = [(v["end"] - v["start"]).total_seconds() for v in all_visits]
    print(f"{len(all_visits)} visits, {sum(lengths) / len(lengths):.2f} pages, {percentile(seconds, .9):.0f} s")
    exits = Counter(v["pages"][-1] for v in all_visits)
    print("last pages:", exits.most_common(3))
    for host, score, why in suspicious(entries):
        print(f"{host:12} {score:3} {why}")
    print("searches:", queries(entries).most_common(4))
    print("times:", histogram(e.ms for e in entries))
    agents = defaultdict(set)
    for e in entries:
        agents[e.agent.split("/")[0]].add(e.host)
    print("agents:", {a: len(h) for a, h in sorted(agents.items())})


def main():
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    entries, bad = parse(sample_log(lines))
    report(entries, bad)


if __name__ == "__main__":
    main()
