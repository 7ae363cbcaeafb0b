"""Reads the page of `krait emit --stages` as its script does: which stages have lines for line 14, and what is in them."""
import ast, json, re, sys

with open(sys.argv[1], encoding="utf-8") as f: page = json.loads(re.search(r'id="data">(.*?)</script>', f.read(), re.DOTALL)[1])
with open(sys.argv[2], encoding="utf-8") as f: source = f.read()
assert [row[0] for row in page["source"]] == source.splitlines()

def lines_of(part):
    return [(page["texts"][part[n]], part[n + 1]) for n in range(0, len(part), 2)]

parts = []
for name, is_continued, changed in page["stages"]:
    if not is_continued: parts = [None] * len(changed)
    for n, part in enumerate(changed):
        if part is None: continue
        if parts[n] == lines_of(part): print("a part is said again:", name)
        parts[n] = lines_of(part)
    if not any(changed): print("a stage without a change again:", name)
    lines = [line for part in parts for line in part or ()]
    assert all(0 <= number <= len(page["source"]) + 1 for _, number in lines)  # the last token stands behind the last line
    if any(number == 14 for _, number in lines): print(f"{name}: of line 14")
    if name == "syntax tree" and "".join(text.lstrip(" ") for text, _ in lines) == ast.dump(ast.parse(source)): print("the tree is ast.dump's")
print("shown at first:", ", ".join(page["stages"][shown][0] for _, _, shown in page["panes"]))
