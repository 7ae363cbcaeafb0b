#include "ir/bytecode/listing.h"

#include "ir/bytecode/flow_graph.h"
#include "ir/core/printer.h"
#include "runtime/abi/line_table.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace krait::ir::bytecode {

using enum Opcode;

namespace {

const char* nameOf(Opcode op) {
  switch (op) {
#define OPCODE(name, number, caches)                                                                           \
  case name: return #name;
#define PSEUDO(name, number)                                                                                   \
  case name: return #name;
#include "ir/bytecode/opcodes.def"
  }
  return "?";
}

constexpr const char* kOperators[] = {"+",  "&",  "//",  "<<",  "@",  "*",  "%",  "|",  "**",  ">>",  "-",  "/",  "^",
                                      "+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^="};
constexpr const char* kComparisons[] = {"<", "<=", "==", "!=", ">", ">="};

struct Decoded {
  uint32_t offset; // in bytes
  Opcode op;
  uint32_t argument;
  uint32_t next; // offset of the instruction behind, caches left out
};

std::vector<Decoded> decode(const CodeUnit& unit) {
  std::vector<Decoded> made;
  uint32_t extended = 0;
  for (uint32_t at = 0; at + 1 < unit.code.size();) {
    const auto op = static_cast<Opcode>(static_cast<unsigned char>(unit.code[at]));
    const uint32_t argument = extended << 8 | static_cast<unsigned char>(unit.code[at + 1]);
    const uint32_t next = at + 2 + 2 * cacheWords(op);
    extended = op == EXTENDED_ARG ? argument : 0;
    made.push_back({at, op, argument, next});
    at = next;
  }
  return made;
}

// The offset that a jump leads to; UINT32_MAX: it is none.
uint32_t targetOf(const Decoded& i) {
  if (!isJump(i.op)) return UINT32_MAX;
  const std::string_view name = nameOf(i.op);
  return name.find("BACKWARD") != name.npos ? i.next - 2 * i.argument : i.next + 2 * i.argument;
}

// The line of every code unit; 0: none.
std::vector<int> linesOf(const CodeUnit& unit) {
  std::vector<int> lines;
  walkLineTable(unit.lineTable, unit.firstLine, [&](const SourceSpan& span, int32_t units) {
    lines.insert(lines.end(), static_cast<size_t>(units), span.line > 0 ? span.line : 0);
  });
  return lines;
}

class Lister {
public:
  Lister(const CodeUnit& unit, const core::Module& module) : u_(unit), module_(module) {}

  std::string text() {
    std::string out = "code " + u_.qualname + " line " + std::to_string(u_.firstLine) + " flags " + std::to_string(u_.flags) +
                      " stack " + std::to_string(u_.stackSize) + "\n";
    const std::vector<Decoded> code = decode(u_);
    const std::vector<int> lines = linesOf(u_);
    std::set<uint32_t> targets;
    for (const Decoded& i : code) targets.insert(targetOf(i));
    int latest = 0;
    for (const Decoded& i : code) {
      const int line = i.offset / 2 < lines.size() ? lines[i.offset / 2] : 0;
      const std::string shown = line && line != latest ? std::to_string(line) : "";
      if (line) latest = line;
      char head[96];
      snprintf(head, sizeof head, "%5s %s %6u %s", shown.c_str(), targets.count(i.offset) ? ">>" : "  ", i.offset, nameOf(i.op));
      out += head;
      if (hasArgument(i.op)) out += " " + std::to_string(i.argument) + meaning(i);
      out += "\n";
    }
    for (const auto& inner : u_.units) out += "\n" + Lister(*inner, module_).text();
    return out;
  }

private:
  std::string variable(uint32_t number) const {
    std::vector<std::string> all = u_.varNames;
    for (const std::string& cell : u_.cellNames)
      if (std::find(u_.varNames.begin(), u_.varNames.end(), cell) == u_.varNames.end()) all.push_back(cell);
    all.insert(all.end(), u_.freeNames.begin(), u_.freeNames.end());
    return number < all.size() ? all[number] : "?";
  }

  // What the argument stands for, in parentheses.
  std::string meaning(const Decoded& i) const {
    auto shown = [](const std::string& text) { return " (" + text + ")"; };
    auto name = [&](uint32_t n) { return n < u_.names.size() ? u_.names[n] : "?"; };
    if (isJump(i.op)) return shown("to " + std::to_string(targetOf(i)));
    switch (i.op) {
    case LOAD_CONST:
    case KW_NAMES: {
      const auto& c = u_.constants[i.argument];
      return shown(c.unit >= 0 ? "code " + u_.units[static_cast<size_t>(c.unit)]->qualname : core::toText(module_, c.id));
    }
    case LOAD_GLOBAL: return shown((i.argument & 1 ? "NULL + " : "") + name(i.argument >> 1));
    case LOAD_NAME:
    case STORE_NAME:
    case DELETE_NAME:
    case STORE_GLOBAL:
    case DELETE_GLOBAL:
    case LOAD_ATTR:
    case STORE_ATTR:
    case DELETE_ATTR:
    case LOAD_METHOD:
    case IMPORT_NAME:
    case IMPORT_FROM: return shown(name(i.argument));
    case LOAD_FAST:
    case STORE_FAST:
    case DELETE_FAST:
    case MAKE_CELL:
    case LOAD_CLOSURE:
    case LOAD_DEREF:
    case STORE_DEREF:
    case DELETE_DEREF:
    case LOAD_CLASSDEREF: return shown(variable(i.argument));
    case BINARY_OP: return shown(kOperators[i.argument]);
    case COMPARE_OP: return shown(kComparisons[i.argument]);
    default: return "";
    }
  }

  const CodeUnit& u_;
  const core::Module& module_;
};

} // namespace

std::string listing(const CodeUnit& unit, const core::Module& module) { return Lister(unit, module).text(); }

} // namespace krait::ir::bytecode
