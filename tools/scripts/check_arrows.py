#!/usr/bin/env python3
"""Checks that includes and CMake links follow the arrows of docs/architecture.md.

    check_arrows.py [--root DIR]     check a tree; 1 if a line goes against an arrow
    check_arrows.py --self-test      prove that violations are found

The drawing is the block of docs/architecture.md that is fenced as `arrows`; a
line `room <- a b` says that files of `room` may include files of `a` and `b`
besides their own. A room's line holds for the folders below it, unless these
have lines of their own. `<name>` stands for an outside library, whose headers
nobody else may include and whose libraries nobody else may link.
"""
import argparse
import pathlib
import re
import sys
import tempfile

DRAWING = "docs/architecture.md"
SOURCES = {".h", ".cpp", ".def", ".inc", ".c", ".S"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')
ROOM_CALL = re.compile(r"krait_room\(\s*(\w+)\s+DIRS\s+(.*?)(?:\s+DEPS\s+(.*?))?\)", re.S)
LINK_CALL = re.compile(r"target_link_libraries\(\s*([\w-]+)\s+(?:PUBLIC|PRIVATE|INTERFACE)\s+(.*?)\)", re.S)
OUTSIDE_LIBRARIES = {"llvm": re.compile(r"^(LLVM\w*|llvm_.*)$"), "lld": re.compile(r"^(lld\w*|\$\{KRAIT_LLD_\w+\})$")}


class Drawing:
    """The arrows: room -> set of rooms it may include."""

    def __init__(self, text):
        block = re.search(r"^```arrows\n(.*?)^```", text, re.S | re.M)
        if not block:
            raise SystemExit(f"{DRAWING}: there is no block fenced as ```arrows")
        self.arrows, self.guarded = {}, set()
        for line in block.group(1).splitlines():
            line = line.split("#")[0].strip()
            if not line:
                continue
            room, arrow, targets = line.partition("<-")
            if not arrow:
                raise SystemExit(f"{DRAWING}: not an arrow: {line}")
            names = targets.split()
            self.guarded |= {n[1:-1] for n in names if n.startswith("<")}
            self.arrows[room.strip()] = {n.strip("<>") for n in names}

    def room_of(self, path):
        """The most exact room that `path` (relative, with slashes) lies in, or None."""
        parts = path.split("/")
        for n in range(len(parts), 0, -1):
            if "/".join(parts[:n]) in self.arrows:
                return "/".join(parts[:n])
        return None

    def allows(self, room, target):
        return target == room or any(target == a or target.startswith(a + "/") for a in self.arrows[room])

    def cycle(self):
        """A list of rooms that see each other in a circle, or None."""
        done, path = set(), []

        def visit(room):
            if room in path:
                return path[path.index(room):] + [room]
            if room in done:
                return None
            path.append(room)
            for target in self.arrows.get(room, ()):
                found = visit(target)
                if found:
                    return found
            path.pop()
            done.add(room)
            return None

        return next((c for c in map(visit, list(self.arrows)) if c), None)


def check_includes(root, drawing):
    tops = sorted({room.split("/")[0] for room in drawing.arrows})
    for top in tops:
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in SOURCES:
                continue
            name = path.relative_to(root).as_posix()
            room = drawing.room_of(name)
            if room is None:
                yield f"{name}: lies in no room of {DRAWING}"
                continue
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                quote, header = match.groups()
                outside = header.split("/")[0].removesuffix("-c")
                if outside in drawing.guarded:
                    if not drawing.allows(room, outside):
                        yield f"{name}:{number}: {room} may not include {header}"
                elif quote == '"' and (root / header).exists():
                    target = drawing.room_of(header)
                    if target and not drawing.allows(room, target):
                        yield f"{name}:{number}: {room} may not include {target} ({header})"


def check_links(root, drawing):
    libraries, links = {}, []
    for path in sorted(root.rglob("CMakeLists.txt")):
        folder = path.parent.relative_to(root).as_posix()
        if folder.split("/")[0].startswith("build"):
            continue
        text = re.sub(r"#.*", "", path.read_text())
        name = path.relative_to(root).as_posix()
        for library, dirs, deps in ROOM_CALL.findall(text):
            libraries[library] = {drawing.room_of(f"{folder}/{d}") for d in dirs.split()} - {None}
            links += [(name, library, d) for d in deps.split()]
        for target, deps in LINK_CALL.findall(text):
            links += [(name, target, d) for d in deps.split()]
            libraries.setdefault(target, {drawing.room_of(folder)} - {None})
    for name, library, dependency in links:
        rooms = libraries.get(library) or {None}
        for outside, pattern in OUTSIDE_LIBRARIES.items():
            if pattern.match(dependency) and not any(r is None or drawing.allows(r, outside) for r in rooms):
                yield f"{name}: {library} may not link {dependency}"
        targets = libraries.get(dependency)
        if targets and None not in rooms and not any(drawing.allows(r, t) for r in rooms for t in targets):
            yield f"{name}: {library} may not link {dependency}"


def check(root):
    drawing = Drawing((root / DRAWING).read_text())
    problems = []
    circle = drawing.cycle()
    if circle:
        problems.append(f"{DRAWING}: the arrows go in a circle: {' <- '.join(circle)}")
    problems += check_includes(root, drawing)
    problems += check_links(root, drawing)
    return problems


def self_test():
    """Every kind of violation, alone in a small tree, is reported; the tree without it is clean."""
    clean = {
        DRAWING: "```arrows\na/base <-\na/top <- a/base\nb <- a/base <llvm>\n```\n",
        "a/base/x.h": "", "a/top/y.h": '#include "a/base/x.h"\n', "b/z.cpp": "#include <llvm/IR/Module.h>\n",
        "a/CMakeLists.txt": "krait_room(a_base DIRS base)\nkrait_room(a_top DIRS top DEPS a_base)\n",
        "b/CMakeLists.txt": "krait_room(b_all DIRS . DEPS a_base)\ntarget_link_libraries(b_all PUBLIC LLVM)\n",
    }
    violations = {
        "an upward include": {"a/base/x.h": '#include "a/top/y.h"\n'},
        "a sideways include": {"b/z.cpp": '# include "a/top/y.h"\n'},
        "LLVM outside its room": {"a/top/y.h": "#include <llvm/IR/Type.h>\n"},
        "LLVM's C interface": {"a/top/y.h": '#include "llvm-c/Core.h"\n'},
        "an upward link": {"a/CMakeLists.txt": "krait_room(a_base DIRS base DEPS a_top)\nkrait_room(a_top DIRS top)\n"},
        "a link to LLVM": {"a/CMakeLists.txt": "krait_room(a_top DIRS top)\ntarget_link_libraries(a_top PRIVATE LLVM)\n"},
        "a circle in the drawing": {DRAWING: "```arrows\na/base <- a/top\na/top <- a/base\nb <- a/base <llvm>\n```\n"},
    }
    failures = 0
    for title, changed in [("nothing wrong", {}), *violations.items()]:
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {**clean, **changed}.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            problems = check(pathlib.Path(folder))
        if bool(problems) != bool(changed):
            failures += 1
            print(f"self-test: {title}: {problems or 'not found'}")
    print(f"self-test: {len(violations)} violations, {failures} failures")
    return 1 if failures else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument("--self-test", action="store_true")
    args = parser.parse_args()
    if args.self_test:
        return self_test()
    problems = check(args.root)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
