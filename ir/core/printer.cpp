// Writing the textual form.
//
//   module "m" file "m.py"
//   cells "a" "print"
//   neighbour "util" @7               ; another module of the program: functions from @7 on, cells as "util:scale"
//   cells "scale"
//
//   function @1 "f" qualname "C.f" function line 3 span 3:0-5:12
//     flags 3
//     args 1 2 0 varargs kwargs        ; positional-only, positional, keyword-only
//     locals x y z
//     hidden iter.0 float.z:f64
//     runs 20 1000                     ; entered, and rounds of its loops, as a profile says
//     raw x int                        ; what x and z are in the version
//     raw z float 4
//     shape 0 "left" "right"           ; attributes in slots of one object
//     cells c
//     frees d
//     doc str "text"
//     constants none, int 1
//     names "print"
//     site 0 4:4-4:9
//   {
//   ^0:
//     %0 = local.get $x !0
//     %1 = global.get "print" !0
//     %2 = copy %0
//     %3 = call %1, %2 !0
//     kill %3
//     br ^1(%0)
//   ^1(%4: object owned): handler ^2 cold
//     …
//   }
#include "ir/core/printer.h"

#include <cstdio>

namespace krait::ir::core {

namespace {

void appendQuoted(std::string& out, std::string_view text) {
  out += '"';
  for (unsigned char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c < 0x20 || c == 0x7f) {
      char hex[8];
      snprintf(hex, sizeof hex, "\\x%02x", c);
      out += hex;
    } else {
      out += static_cast<char>(c);
    }
  }
  out += '"';
}

// A neighbour's behind its name: "util:scale".
std::string cellText(const Module& module, uint32_t cell) {
  const Neighbour* owner = module.neighbourOfCell(cell);
  return owner ? owner->name + ":" + module.cells[cell] : module.cells[cell];
}

// Every byte that is not printable ASCII as \xNN.
void appendBytes(std::string& out, std::string_view text) {
  out += '"';
  for (unsigned char c : text) {
    if (c == '"' || c == '\\' || c < 0x20 || c >= 0x7f) {
      char hex[8];
      snprintf(hex, sizeof hex, "\\x%02x", c);
      out += hex;
    } else {
      out += static_cast<char>(c);
    }
  }
  out += '"';
}

void appendDouble(std::string& out, double v) {
  char text[64];
  snprintf(text, sizeof text, "%a", v);
  out += text;
}

void appendConstant(std::string& out, const Module& module, ConstantId id) {
  const Constant& c = module.constants[id];
  switch (c.kind) {
  case ConstantKind::None: out += "none"; break;
  case ConstantKind::True: out += "true"; break;
  case ConstantKind::False: out += "false"; break;
  case ConstantKind::Ellipsis: out += "ellipsis"; break;
  case ConstantKind::Int: out += "int " + std::to_string(c.integer); break;
  case ConstantKind::BigInt: out += "bigint " + c.text; break;
  case ConstantKind::Float: out += "float "; appendDouble(out, c.real); break;
  case ConstantKind::Complex:
    out += "complex ";
    appendDouble(out, c.real);
    out += ' ';
    appendDouble(out, c.imaginary);
    break;
  case ConstantKind::Str: out += "str "; appendQuoted(out, c.text); break;
  case ConstantKind::Bytes: out += "bytes "; appendBytes(out, c.text); break;
  case ConstantKind::Tuple:
  case ConstantKind::FrozenSet:
    out += c.kind == ConstantKind::Tuple ? "tuple(" : "frozenset(";
    for (size_t i = 0; i < c.elements.size(); ++i) {
      if (i) out += ", ";
      appendConstant(out, module, c.elements[i]);
    }
    out += ')';
    break;
  case ConstantKind::Code: out += "code @" + std::to_string(c.integer); break;
  }
}

bool isPlainName(std::string_view name) {
  if (name.empty()) return false;
  for (unsigned char c : name)
    if (!(c == '_' || c == '.' || c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z')))
      return false;
  return !(name[0] >= '0' && name[0] <= '9');
}

void appendName(std::string& out, std::string_view name) {
  if (isPlainName(name))
    out += name;
  else
    appendQuoted(out, name);
}

void appendSpan(std::string& out, const SourceSpan& s) {
  out += std::to_string(s.line) + ":" + std::to_string(s.column) + "-" + std::to_string(s.endLine) + ":" +
         std::to_string(s.endColumn);
}

class FunctionPrinter {
public:
  FunctionPrinter(const Function& f, std::string& out) : f_(f), out_(out) {}

  void header() {
    static constexpr const char* kKinds[] = {"module", "function", "lambda", "class", "comprehension", "typeparams", "eager"};
    out_ += "function @" + std::to_string(f_.number) + " ";
    appendQuoted(out_, f_.name);
    out_ += " qualname ";
    appendQuoted(out_, f_.qualname);
    out_ += std::string(" ") + kKinds[static_cast<int>(f_.kind)] + " line " + std::to_string(f_.firstLine) + " span ";
    appendSpan(out_, f_.span);
    if (f_.parent != kNone) out_ += " parent @" + std::to_string(f_.parent);
    if (f_.outlinedFrom != kNone) out_ += " outlined @" + std::to_string(f_.outlinedFrom);
    out_ += '\n';
    if (f_.mixesNumbers) out_ += "  mixed\n";
    if (f_.runs) out_ += "  runs " + std::to_string(f_.runs->entered) + " " + std::to_string(f_.runs->rounds) + "\n";
    if (f_.flags) out_ += "  flags " + std::to_string(f_.flags) + "\n";
    if (f_.paramCount()) {
      out_ += "  args " + std::to_string(f_.posOnlyCount) + " " + std::to_string(f_.argCount) + " " +
              std::to_string(f_.kwOnlyCount);
      if (f_.hasVarArgs) out_ += " varargs";
      if (f_.hasVarKeywords) out_ += " kwargs";
      out_ += '\n';
    }
    if (f_.text != kNone) out_ += "  text " + std::to_string(f_.text) + "\n";
    if (f_.methodOf != kNone) out_ += "  methodof @" + std::to_string(f_.methodOf) + "\n";
    locals("  locals", 0, f_.varCount);
    locals("  hidden", f_.varCount, f_.locals.size());
    static constexpr const char* kRaw[] = {nullptr, "int", "float", "complex", "range", "list", "unsigned"};
    for (size_t i = 0; i < f_.raws.size(); ++i) {
      const RawLocal& raw = f_.raws[i];
      if (raw.kind == RawKind::None) continue;
      out_ += "  raw ";
      appendName(out_, f_.locals[i].name);
      out_ += std::string(" ") + (raw.mayBeInt ? "real" : kRaw[static_cast<int>(raw.kind)]);
      if (raw.first != kNone) out_ += " " + std::to_string(raw.first);
      out_ += '\n';
    }
    list("  cells", f_.cells);
    list("  frees", f_.frees);
    if (f_.docstring != kNone) {
      out_ += "  doc ";
      appendConstant(out_, f_.module, f_.docstring);
      out_ += '\n';
    }
    if (!f_.constants.empty()) {
      out_ += "  constants ";
      for (size_t i = 0; i < f_.constants.size(); ++i) {
        if (i) out_ += ", ";
        appendConstant(out_, f_.module, f_.constants[i]);
      }
      out_ += '\n';
    }
    list("  names", f_.names);
    for (size_t i = 0; i < f_.shapes.size(); ++i) {
      out_ += "  shape " + std::to_string(i);
      for (uint32_t name : f_.shapes[i].names) {
        out_ += ' ';
        appendQuoted(out_, f_.module.names[name]);
      }
      for (const ObjectShape::Method& method : f_.shapes[i].methods) {
        out_ += std::string(" ") + kMethodKindNames[static_cast<size_t>(method.kind)] + " ";
        appendQuoted(out_, f_.module.names[method.name]);
        out_ += " @" + std::to_string(method.function);
        if (method.kind == MethodKind::Super) out_ += " of @" + std::to_string(method.after);
        if (method.asWritten) out_ += " as_written";
      }
      out_ += '\n';
    }
    if (f_.yieldCount) out_ += "  yields " + std::to_string(f_.yieldCount) + "\n";
    for (size_t i = 0; i < f_.sites.size(); ++i) {
      const Site& site = f_.sites[i];
      out_ += "  site " + std::to_string(i) + " ";
      appendSpan(out_, site.span);
      if (site.function != kNone) out_ += " in @" + std::to_string(site.function);
      if (site.inlinedAt != kNone) out_ += " at " + std::to_string(site.inlinedAt);
      out_ += '\n';
    }
  }

  void body() {
    out_ += "{\n";
    for (Block* b = f_.entry(); b; b = b->next) {
      out_ += "^" + std::to_string(b->id);
      if (!b->parameters.empty()) {
        out_ += '(';
        for (size_t i = 0; i < b->parameters.size(); ++i) {
          if (i) out_ += ", ";
          const Temp* t = b->parameters[i];
          out_ += "%" + std::to_string(t->id) + ": " + toText(t->type);
          guess(*t);
          if (t->ownership != Ownership::Raw) out_ += t->ownership == Ownership::Owned ? " owned" : " borrowed";
        }
        out_ += ')';
      }
      out_ += ':';
      if (b->handler) out_ += " handler ^" + std::to_string(b->handler->id);
      if (b->cold) out_ += " cold";
      if (b->version) out_ += " version";
      out_ += '\n';
      for (Instruction* i = b->first; i; i = i->next) {
        out_ += "  ";
        instruction(*i);
        out_ += '\n';
      }
    }
    out_ += "}\n";
  }

  void guess(const Guessed& t) {
    if (t.isSeen) out_ += " ~!" + (t.guess == Guess::None ? "any" : toText(t.guess));
    else if (t.guess != Guess::None) out_ += " ~" + toText(t.guess);
    if (t.ofClass != kNone) out_ += "@" + std::to_string(t.ofClass);
    if (t.doubt != Doubt::None) out_ += t.doubt == Doubt::MayBeOther ? "?" : t.doubt == Doubt::MayBeInt ? "?int" : "?wide";
  }

  void instruction(const Instruction& i) {
    for (uint32_t r = 0; r < i.resultCount; ++r) {
      if (r) out_ += ", ";
      out_ += "%" + std::to_string(i.results[r]->id);
      if (i.results[r]->type != resultType(i.op, r)) out_ += ": " + toText(i.results[r]->type);
      guess(*i.results[r]);
    }
    if (i.resultCount) out_ += " = ";
    const OpInfo& info = i.info();
    out_ += info.text;
    bool any = false;
    auto separate = [&] { out_ += any ? ", " : " ", any = true; };
    using namespace attribute;
    uint32_t a = info.attributes;
    if (a & IMM) separate(), out_ += std::to_string(i.imm);
    if (a & IMM2) separate(), out_ += std::to_string(i.imm2);
    if (a & NAME) separate(), appendQuoted(out_, f_.module.names[i.index]);
    if (a & GLOBAL) separate(), appendQuoted(out_, cellText(f_.module, i.index));
    if (a & CONST) separate(), appendConstant(out_, f_.module, i.index);
    if (a & FUNCTION) separate(), out_ += "@" + std::to_string(i.index);
    if (a & LOCAL) separate(), local(i.index);
    if (a & CELL) separate(), cell(i.index2);
    if (a & CONST2) separate(), appendConstant(out_, f_.module, i.index2);
    if (a & LOCAL2) separate(), local(i.index2);
    for (uint32_t k = 0; k < i.operandCount; ++k) separate(), temp(i.operand(k));
    for (uint32_t s = 0; s < i.successorCount; ++s) {
      separate();
      out_ += "^" + std::to_string(i.target(s)->id);
      if (uint32_t n = i.successors[s].argumentCount) {
        out_ += '(';
        for (uint32_t k = 0; k < n; ++k) {
          if (k) out_ += ", ";
          temp(i.argument(s, k));
        }
        out_ += ')';
      }
    }
    if (i.site != kNone) out_ += " !" + std::to_string(i.site);
  }

private:
  void locals(const char* label, size_t from, size_t to) {
    if (from == to) return;
    out_ += label;
    for (size_t i = from; i < to; ++i) {
      out_ += ' ';
      appendName(out_, f_.locals[i].name);
      if (f_.locals[i].type != Type::object()) out_ += ":" + toText(f_.locals[i].type);
      guess(f_.locals[i].passed);
    }
    out_ += '\n';
  }
  void list(const char* label, const std::vector<std::string>& names) {
    if (names.empty()) return;
    out_ += label;
    for (const std::string& name : names) {
      out_ += ' ';
      appendName(out_, name);
    }
    out_ += '\n';
  }
  void temp(const Temp* t) { out_ += t ? "%" + std::to_string(t->id) : "-"; }
  // By name where the name is the first of its kind, else by number.
  void local(uint32_t i) {
    out_ += '$';
    appendName(out_, f_.locals[i].name);
  }
  void cell(uint32_t i) {
    out_ += '&';
    const std::string& name = f_.cellName(i);
    for (uint32_t k = 0; k < i; ++k)
      if (f_.cellName(k) == name) {
        out_ += std::to_string(i);
        return;
      }
    appendName(out_, name);
  }

  const Function& f_;
  std::string& out_;
};

} // namespace

std::string toText(const Module& module, ConstantId constant) {
  std::string out;
  appendConstant(out, module, constant);
  return out;
}

std::string toText(const Function& function, const Instruction& instruction) {
  std::string out;
  FunctionPrinter(function, out).instruction(instruction);
  return out;
}

std::string toText(const Function& function) {
  std::string out;
  FunctionPrinter printer(function, out);
  printer.header();
  printer.body();
  return out;
}

std::string toText(const Module& module) {
  std::string out = "module ";
  appendQuoted(out, module.name);
  out += " file ";
  appendQuoted(out, module.filename);
  if (module.isPackage) out += " package";
  if (module.dictGlobals) out += " dictglobals";
  if (module.keepsFrames) out += " keepsframes";
  if (module.speculates) out += " speculates";
  if (module.isShared) out += " shared";
  out += '\n';
  auto tables = [&](uint32_t text, uint32_t textEnd, uint32_t cell, uint32_t cellEnd) {
    for (; text < textEnd; ++text) {
      out += "text ";
      appendQuoted(out, module.texts[text]);
      out += '\n';
    }
    if (cell == cellEnd) return;
    out += "cells";
    for (; cell < cellEnd; ++cell) {
      out += ' ';
      appendName(out, module.cells[cell]);
    }
    out += '\n';
  };
  tables(0, module.textCount(), 0, module.cellCount());
  for (const Neighbour& n : module.neighbours) {
    out += "neighbour ";
    appendQuoted(out, n.name);
    if (n.isPackage) out += " package";
    out += " @" + std::to_string(n.firstFunction) + '\n';
    const bool isLast = &n == &module.neighbours.back();
    tables(n.firstText, isLast ? static_cast<uint32_t>(module.texts.size()) : (&n)[1].firstText, n.firstCell, isLast ? module.cells.size() : (&n)[1].firstCell);
  }
  for (auto& function : module.functions) {
    out += '\n';
    out += toText(*function);
  }
  return out;
}

} // namespace krait::ir::core
