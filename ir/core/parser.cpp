// Reading the textual form. Line by line; a body's operands are resolved after
// its last line, so that blocks may stand in any order. Comments start at ';'.
#include "ir/core/parser.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <unordered_map>
#include <utility>

namespace krait::ir::core {

namespace {

// Reads the words of one line.
class Cursor {
public:
  explicit Cursor(std::string_view line) : rest_(line) {}

  void skipSpace() {
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t')) rest_.remove_prefix(1);
  }
  bool atEnd() {
    skipSpace();
    return rest_.empty() || rest_[0] == ';';
  }
  char peek() {
    skipSpace();
    return rest_.empty() ? '\0' : rest_[0];
  }
  bool accept(char c) {
    if (peek() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool accept(std::string_view word) {
    skipSpace();
    if (!rest_.starts_with(word)) return false;
    if (rest_.size() > word.size() && isWordByte(rest_[word.size()])) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  // A run of letters, digits, '_', '.' and non-ASCII bytes; may be empty.
  std::string_view word() {
    skipSpace();
    size_t n = 0;
    while (n < rest_.size() && isWordByte(rest_[n])) ++n;
    std::string_view made = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return made;
  }
  // Up to a space, comma or closing parenthesis.
  std::string_view chunk(std::string_view stops = " ,)") {
    skipSpace();
    size_t n = std::min(rest_.find_first_of(stops), rest_.size());
    std::string_view made = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return made;
  }
  template <class T> bool number(T& out) {
    skipSpace();
    auto [end, status] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), out);
    if (status != std::errc()) return false;
    rest_.remove_prefix(static_cast<size_t>(end - rest_.data()));
    return true;
  }
  bool real(double& out) {
    std::string text(chunk());
    char* end = nullptr;
    out = strtod(text.c_str(), &end);
    return !text.empty() && *end == '\0';
  }
  bool quoted(std::string& out) {
    if (!accept('"')) return false;
    out.clear();
    while (!rest_.empty() && rest_[0] != '"') {
      char c = rest_[0];
      rest_.remove_prefix(1);
      if (c != '\\') {
        out += c;
        continue;
      }
      if (rest_.empty()) return false;
      c = rest_[0];
      rest_.remove_prefix(1);
      if (c != 'x') {
        out += c;
        continue;
      }
      unsigned byte = 0;
      if (rest_.size() < 2 || std::from_chars(rest_.data(), rest_.data() + 2, byte, 16).ptr != rest_.data() + 2)
        return false;
      out += static_cast<char>(byte);
      rest_.remove_prefix(2);
    }
    if (rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // A plain or quoted name.
  bool name(std::string& out) {
    if (peek() == '"') return quoted(out);
    out = word();
    return !out.empty();
  }

private:
  static bool isWordByte(unsigned char c) {
    return c == '_' || c == '.' || c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
  }
  std::string_view rest_;
};

class Parser {
public:
  Parser(std::string_view text, std::string& error) : text_(text), error_(error) {}

  std::unique_ptr<Module> run() {
    module_ = std::make_unique<Module>();
    while (nextLine()) {
      if (cursor_.accept("module") ? moduleLine()
          : cursor_.accept("cells") ? cellsLine()
          : cursor_.accept("neighbour") ? neighbourLine()
          : cursor_.accept("text") ? cursor_.quoted(module_->texts.emplace_back()) || fail("expected a quoted text")
          : cursor_.accept("function") ? function()
                                       : fail("expected 'module', 'cells', 'neighbour', 'text' or 'function'"))
        continue;
      return nullptr;
    }
    for (size_t i = 0; i < module_->functions.size(); ++i)
      if (!declared_[i]) {
        fail("function @" + std::to_string(i) + " is missing");
        return nullptr;
      }
    if (module_->functions.empty()) {
      fail("no function");
      return nullptr;
    }
    return std::move(module_);
  }

private:
  struct PendingOperand {
    Instruction* user;
    size_t index;
    uint32_t temp;
    uint32_t line;
  };

  bool fail(std::string what) {
    if (error_.empty()) error_ = "line " + std::to_string(line_) + ": " + what;
    return false;
  }
  // Moves to the next line that has something on it.
  bool nextLine() {
    while (!text_.empty()) {
      size_t end = text_.find('\n');
      std::string_view line = text_.substr(0, end);
      text_ = end == std::string_view::npos ? std::string_view() : text_.substr(end + 1);
      ++line_;
      cursor_ = Cursor(line);
      if (!cursor_.atEnd()) return true;
    }
    return false;
  }

  bool moduleLine() {
    if (!cursor_.quoted(module_->name)) return fail("expected the module's name");
    if (cursor_.accept("file") && !cursor_.quoted(module_->filename)) return fail("expected a file name");
    module_->isPackage = cursor_.accept("package");
    module_->dictGlobals = cursor_.accept("dictglobals");
    module_->keepsFrames = cursor_.accept("keepsframes");
    module_->speculates = cursor_.accept("speculates");
    module_->isShared = cursor_.accept("shared");
    return cursor_.atEnd() || fail("unexpected text");
  }
  bool cellsLine() {
    std::string name;
    while (!cursor_.atEnd()) {
      if (!cursor_.name(name)) return fail("expected a name");
      module_->cells.intern(name, static_cast<uint32_t>(module_->neighbours.size()));
    }
    return true;
  }
  bool neighbourLine() {
    Neighbour made{.firstCell = module_->cells.size(), .firstText = static_cast<uint32_t>(module_->texts.size())};
    if (!cursor_.quoted(made.name)) return fail("expected the neighbour's name");
    made.isPackage = cursor_.accept("package");
    if (!cursor_.accept('@') || !cursor_.number(made.firstFunction)) return fail("expected @number");
    module_->neighbours.push_back(std::move(made));
    return true;
  }
  // "util:scale" is a neighbour's; kNone with a complaint.
  uint32_t cell(const std::string& text) {
    const size_t colon = text.find(':');
    if (colon == std::string::npos && module_->neighbours.empty()) return module_->cells.intern(text);
    if (colon == std::string::npos) {
      const uint32_t found = module_->cells.find(text);
      if (found == kNone) fail("a module with neighbours lists its cells: " + text);
      return found;
    }
    for (const Neighbour& n : module_->neighbours)
      if (text.compare(0, colon, n.name) == 0)
        if (const uint32_t found = module_->cells.find(std::string_view(text).substr(colon + 1), module_->cellScope(&n)); found != kNone) return found;
    fail("no neighbour has the cell " + text);
    return kNone;
  }

  bool span(SourceSpan& s) {
    return cursor_.number(s.line) && cursor_.accept(':') && cursor_.number(s.column) && cursor_.accept('-') &&
           cursor_.number(s.endLine) && cursor_.accept(':') && cursor_.number(s.endColumn);
  }

  Function& functionAt(uint32_t number) {
    while (module_->functions.size() <= number) {
      module_->addFunction();
      declared_.push_back(false);
    }
    return *module_->functions[number];
  }

  bool function() {
    uint32_t number = 0;
    if (!cursor_.accept('@') || !cursor_.number(number) || number > 1'000'000) return fail("expected @number");
    f_ = &functionAt(number);
    if (declared_[number]) return fail("function @" + std::to_string(number) + " is declared twice");
    declared_[number] = true;
    if (!cursor_.quoted(f_->name)) return fail("expected the function's name");
    f_->qualname = f_->name;
    if (cursor_.accept("qualname") && !cursor_.quoted(f_->qualname)) return fail("expected the qualified name");
    static constexpr std::string_view kKinds[] = {"module", "function", "lambda", "class", "comprehension", "typeparams", "eager"};
    for (size_t i = 0; i < std::size(kKinds); ++i)
      if (cursor_.accept(kKinds[i])) f_->kind = static_cast<FunctionKind>(i);
    if (cursor_.accept("line") && !cursor_.number(f_->firstLine)) return fail("expected a line number");
    if (cursor_.accept("span") && !span(f_->span)) return fail("expected line:column-line:column");
    if (cursor_.accept("parent") && !(cursor_.accept('@') && cursor_.number(f_->parent)))
      return fail("expected the parent's number");
    if (cursor_.accept("outlined") && !(cursor_.accept('@') && cursor_.number(f_->outlinedFrom) && f_->outlinedFrom < number))
      return fail("expected the number of the body, which stands in front");
    while (nextLine()) {
      if (cursor_.accept('{')) return body();
      if (!headerLine()) return false;
    }
    return fail("expected '{'");
  }

  bool headerLine() {
    Function& f = *f_;
    std::string_view key = cursor_.word();
    if (key == "mixed") return f.mixesNumbers = true;
    if (key == "runs") {
      Runs& runs = f.runs.emplace();
      return (cursor_.number(runs.entered) && cursor_.number(runs.rounds)) || fail("expected two numbers");
    }
    if (key == "flags") return cursor_.number(f.flags) || fail("expected a number");
    if (key == "text") return (cursor_.number(f.text) && f.text < module_->texts.size()) || fail("expected the number of a text");
    if (key == "methodof") return (cursor_.accept('@') && cursor_.number(f.methodOf)) || fail("expected @number");
    if (key == "yields") return cursor_.number(f.yieldCount) || fail("expected a number");
    if (key == "args") {
      if (!cursor_.number(f.posOnlyCount) || !cursor_.number(f.argCount) || !cursor_.number(f.kwOnlyCount))
        return fail("expected three numbers");
      f.hasVarArgs = cursor_.accept("varargs");
      f.hasVarKeywords = cursor_.accept("kwargs");
      return cursor_.atEnd() || fail("unexpected text");
    }
    if (key == "locals" || key == "hidden") return locals(key == "hidden");
    if (key == "raw") return raw();
    if (key == "shape") return shape();
    if (key == "cells") return names(f.cells);
    if (key == "frees") return names(f.frees);
    if (key == "names") return names(f.names);
    if (key == "doc") return constant(f.docstring);
    if (key == "constants") {
      do {
        ConstantId id = 0;
        if (!constant(id)) return false;
        f.constants.push_back(id);
      } while (cursor_.accept(','));
      return true;
    }
    if (key == "site") {
      uint32_t number = 0;
      Site site{};
      if (!cursor_.number(number) || number != f.sites.size() || !span(site.span))
        return fail("expected the next site number and its span");
      if (cursor_.accept("in") && !(cursor_.accept('@') && cursor_.number(site.function))) return fail("expected @number");
      if (cursor_.accept("at") && !cursor_.number(site.inlinedAt)) return fail("expected a site number");
      f.sites.push_back(site);
      return true;
    }
    return fail("unknown property of a function");
  }
  const Local* localNamed() {
    std::string name;
    if (!cursor_.name(name)) return fail("expected a local"), nullptr;
    auto at = std::find_if(f_->locals.begin(), f_->locals.end(), [&](const Local& l) { return l.name == name; });
    if (at == f_->locals.end()) return fail("no local named " + name), nullptr;
    return &*at;
  }
  bool raw() {
    static constexpr std::pair<std::string_view, RawKind> kKinds[] = {
        {"int", RawKind::Int}, {"float", RawKind::Float}, {"complex", RawKind::Complex}, {"range", RawKind::Range}, {"list", RawKind::List}, {"unsigned", RawKind::Unsigned}};
    const Local* local = localNamed();
    if (!local) return false;
    RawLocal made;
    for (auto& [text, kind] : kKinds)
      if (cursor_.accept(text)) made.kind = kind;
    if (cursor_.accept("real")) made = {.kind = RawKind::Float, .mayBeInt = true};
    if (made.kind == RawKind::None) return fail("expected int, unsigned, float, real, complex, range or list");
    if (!cursor_.atEnd() && !cursor_.number(made.first)) return fail("expected the number of a local");
    f_->raws.resize(f_->locals.size());
    f_->raws[static_cast<size_t>(local - f_->locals.data())] = made;
    return cursor_.atEnd() || fail("unexpected text");
  }
  bool shape() {
    size_t number = 0;
    if (!cursor_.number(number) || number != f_->shapes.size()) return fail("expected the next number of a shape");
    std::string name;
    ObjectShape made;
    while (!cursor_.atEnd()) {
      const auto kind = std::ranges::find_if(kMethodKindNames, [&](const char* text) { return cursor_.accept(text); });
      if (!cursor_.quoted(name)) return fail("expected a quoted name");
      const uint32_t number = module_->names.intern(name);
      if (kind == std::end(kMethodKindNames)) {
        made.names.push_back(number);
        continue;
      }
      ObjectShape::Method& method = made.methods.emplace_back(number, kNone, static_cast<MethodKind>(kind - std::begin(kMethodKindNames)));
      if (!cursor_.accept('@') || !cursor_.number(method.function) || method.function > 1'000'000) return fail("expected @number");
      if (method.kind == MethodKind::Super && !(cursor_.accept("of") && cursor_.accept('@') && cursor_.number(method.after))) return fail("expected of @number");
      method.asWritten = cursor_.accept("as_written");
    }
    f_->shapes.push_back(std::move(made));
    return true;
  }
  bool names(std::vector<std::string>& out) {
    std::string name;
    while (!cursor_.atEnd()) {
      if (!cursor_.name(name)) return fail("expected a name");
      out.push_back(name);
    }
    return true;
  }
  bool locals(bool hidden) {
    std::string name;
    while (!cursor_.atEnd()) {
      if (!cursor_.name(name)) return fail("expected a name");
      Local made{name, hidden ? LocalKind::Hidden : f_->locals.size() < f_->paramCount() ? LocalKind::Parameter : LocalKind::Variable};
      if (cursor_.accept(':') && !parseType(cursor_.chunk(" "), made.type)) return fail("unknown type");
      if (!guess(made.passed)) return false;
      f_->locals.push_back(made);
    }
    if (!hidden) f_->varCount = static_cast<uint32_t>(f_->locals.size());
    return true;
  }

  bool constant(ConstantId& id) {
    Constant c;
    static constexpr std::pair<std::string_view, ConstantKind> kKinds[] = {
        {"none", ConstantKind::None},     {"true", ConstantKind::True},     {"false", ConstantKind::False},
        {"ellipsis", ConstantKind::Ellipsis}, {"int", ConstantKind::Int},   {"bigint", ConstantKind::BigInt},
        {"float", ConstantKind::Float},   {"complex", ConstantKind::Complex}, {"str", ConstantKind::Str},
        {"bytes", ConstantKind::Bytes},   {"tuple", ConstantKind::Tuple},   {"frozenset", ConstantKind::FrozenSet},
        {"code", ConstantKind::Code}};
    std::string_view key = cursor_.word();
    bool found = false;
    for (auto& [text, kind] : kKinds)
      if (text == key) c.kind = kind, found = true;
    if (!found) return fail("expected a constant");
    switch (c.kind) {
    case ConstantKind::Int:
      if (!cursor_.number(c.integer)) return fail("expected an integer");
      break;
    case ConstantKind::BigInt: c.text = cursor_.chunk(); break;
    case ConstantKind::Float:
      if (!cursor_.real(c.real)) return fail("expected a number");
      break;
    case ConstantKind::Complex:
      if (!cursor_.real(c.real) || !cursor_.real(c.imaginary)) return fail("expected two numbers");
      break;
    case ConstantKind::Str:
    case ConstantKind::Bytes:
      if (!cursor_.quoted(c.text)) return fail("expected a quoted text");
      break;
    case ConstantKind::Code:
      if (!cursor_.accept('@') || !cursor_.number(c.integer)) return fail("expected @number");
      break;
    case ConstantKind::Tuple:
    case ConstantKind::FrozenSet:
      if (!cursor_.accept('(')) return fail("expected '('");
      while (!cursor_.accept(')')) {
        if (!c.elements.empty() && !cursor_.accept(',')) return fail("expected ','");
        ConstantId element = 0;
        if (!constant(element)) return false;
        c.elements.push_back(element);
      }
      break;
    default: break;
    }
    id = module_->constants.intern(std::move(c));
    return true;
  }

  Block* blockAt(uint32_t id) {
    auto [at, isNew] = blocks_.try_emplace(id, nullptr);
    // Created detached from any order; moved to where its label stands.
    if (isNew) at->second = f_->newBlock(nullptr, id);
    return at->second;
  }

  bool body() {
    blocks_.clear();
    temps_.clear();
    pending_.clear();
    labelled_.clear();
    tempLimit_ = 0;
    block_ = nullptr;
    while (nextLine()) {
      if (cursor_.accept('}')) return finishBody();
      if (cursor_.peek() == '^' ? !label() : !instruction()) return false;
    }
    return fail("expected '}'");
  }

  bool label() {
    uint32_t id = 0;
    cursor_.accept('^');
    if (!cursor_.number(id) || id > 10'000'000) return fail("expected a block number");
    Block* previous = block_;
    block_ = blockAt(id);
    if (!labelled_.emplace(id, true).second) return fail("block ^" + std::to_string(id) + " appears twice");
    if (previous != block_->previous) f_->moveBlock(block_, previous);
    if (cursor_.accept('(')) {
      while (!cursor_.accept(')')) {
        if (!block_->parameters.empty() && !cursor_.accept(',')) return fail("expected ','");
        uint32_t temp = 0;
        Type type;
        if (!cursor_.accept('%') || !cursor_.number(temp) || !cursor_.accept(':') || !parseType(cursor_.chunk(), type))
          return fail("expected %number: type");
        Guessed guessed;
        if (!guess(guessed)) return false;
        Ownership ownership = cursor_.accept("owned") ? Ownership::Owned
                              : cursor_.accept("borrowed") ? Ownership::Borrowed
                                                           : Ownership::Raw;
        if (!define(temp, f_->addParameter(block_, type, ownership))) return false;
        block_->parameters.back()->guessAs(guessed);
      }
    }
    if (!cursor_.accept(':')) return fail("expected ':'");
    if (cursor_.accept("handler")) {
      if (!cursor_.accept('^') || !cursor_.number(id)) return fail("expected a block");
      block_->handler = blockAt(id);
    }
    block_->cold = cursor_.accept("cold");
    block_->version = cursor_.accept("version");
    return cursor_.atEnd() || fail("unexpected text");
  }

  bool define(uint32_t id, Temp* temp) {
    if (!temps_.emplace(id, temp).second) return fail("%" + std::to_string(id) + " is defined twice");
    temp->id = id;
    tempLimit_ = std::max(tempLimit_, id + 1);
    return true;
  }

  // "-" is an absent operand (kNone).
  bool tempNumber(uint32_t& id) {
    if (cursor_.accept('-')) {
      id = kNone;
      return true;
    }
    return (cursor_.accept('%') && cursor_.number(id)) || fail("expected %number");
  }

  bool localNumber(uint32_t& index) {
    std::string name;
    if (!cursor_.accept('$') || !cursor_.name(name)) return fail("expected a local");
    for (uint32_t i = 0; i < f_->locals.size(); ++i)
      if (f_->locals[i].name == name) {
        index = i;
        return true;
      }
    return fail("no local named " + name);
  }
  bool cellNumber(uint32_t& index) {
    std::string name;
    uint32_t count = static_cast<uint32_t>(f_->cells.size() + f_->frees.size());
    if (!cursor_.accept('&')) return fail("expected a cell");
    if (cursor_.peek() >= '0' && cursor_.peek() <= '9')
      return (cursor_.number(index) && index < count) || fail("no such cell");
    if (!cursor_.name(name)) return fail("expected a cell");
    for (uint32_t i = 0; i < count; ++i)
      if (f_->cellName(i) == name) {
        index = i;
        return true;
      }
    return fail("no cell named " + name);
  }

  struct Result : Guessed {
    uint32_t id = 0;
    Type type;
  };
  bool guess(Guessed& r) {
    if (!cursor_.accept('~')) return true;
    r.isSeen = cursor_.accept('!');
    if (r.isSeen && cursor_.accept("any")) return true;
    if (!parseGuess(cursor_.word(), r.guess)) return fail("expected a guess: int, float, complex, list, tuple, dict, set, str, bytes, instance or array.CODE");
    if (cursor_.accept('@') && !cursor_.number(r.ofClass)) return fail("expected the number of a class's body");
    r.doubt = !cursor_.accept('?') ? Doubt::None : cursor_.accept("int") ? Doubt::MayBeInt : cursor_.accept("wide") ? Doubt::MayBeWide : Doubt::MayBeOther;
    return true;
  }

  bool instruction() {
    if (!block_) return fail("an instruction outside a block");
    std::vector<Result> results;
    if (cursor_.peek() == '%') {
      do {
        Result made;
        if (!cursor_.accept('%') || !cursor_.number(made.id)) return fail("expected %number");
        if (cursor_.accept(':') && !parseType(cursor_.chunk(), made.type)) return fail("unknown type");
        if (!guess(made)) return false;
        results.push_back(made);
      } while (cursor_.accept(','));
      if (!cursor_.accept('=')) return fail("expected '='");
    }
    Op op{};
    std::string_view text = cursor_.word();
    if (!opFromText(text, op)) return fail("unknown operation '" + std::string(text) + "'");

    using namespace attribute;
    uint32_t index = kNone, index2 = kNone;
    int64_t imm = 0, imm2 = 0;
    bool any = false;
    // A separator, except before the first item.
    auto next = [&] { return !std::exchange(any, true) || cursor_.accept(',') || fail("expected ','"); };
    std::string name;
    uint32_t a = infoOf(op).attributes;
    if (a & IMM && !(next() && (cursor_.number(imm) || fail("expected an integer")))) return false;
    if (a & IMM2 && !(next() && (cursor_.number(imm2) || fail("expected an integer")))) return false;
    if (a & (NAME | GLOBAL)) {
      if (!next() || !(cursor_.quoted(name) || fail("expected a quoted name"))) return false;
      index = a & NAME ? module_->names.intern(name) : cell(name);
      if (index == kNone) return false;
    }
    if (a & CONST && !(next() && constant(index))) return false;
    if (a & FUNCTION) {
      if (!next() || !(cursor_.accept('@') && cursor_.number(index)) || index > 1'000'000) return fail("expected @number");
      functionAt(index);
      f_ = &functionAt(f_->number);
    }
    if (a & LOCAL && !(next() && localNumber(index))) return false;
    if (a & CELL && !(next() && cellNumber(index2))) return false;
    if (a & CONST2 && !(next() && constant(index2))) return false;
    if (a & LOCAL2 && !(next() && localNumber(index2))) return false;

    std::vector<uint32_t> operands;
    Function::Target targets[2];
    std::vector<Temp*> blanks[2];
    std::vector<uint32_t> arguments;
    uint32_t targetCount = 0;
    while (!cursor_.atEnd() && cursor_.peek() != '!') {
      if (!next()) return false;
      uint32_t id = 0;
      if (cursor_.accept('^')) {
        if (targetCount == 2 || !cursor_.number(id)) return fail("expected a block");
        targets[targetCount].block = blockAt(id);
        if (cursor_.accept('(')) {
          do {
            if (!tempNumber(id)) return false;
            arguments.push_back(id);
            blanks[targetCount].push_back(nullptr);
          } while (cursor_.accept(','));
          if (!cursor_.accept(')')) return fail("expected ')'");
        }
        ++targetCount;
      } else {
        if (targetCount) return fail("an operand after a block");
        if (!tempNumber(id)) return false;
        operands.push_back(id);
      }
    }
    uint32_t site = kNone;
    if (cursor_.accept('!') && !cursor_.number(site)) return fail("expected a site number");
    if (!cursor_.atEnd()) return fail("unexpected text");
    if (targetCount != successorsOf(op)) return fail("wrong number of blocks");
    if (!operandCountFits(op, operands.size())) return fail("wrong number of operands");
    for (uint32_t i = 0; i < targetCount; ++i) targets[i].arguments = blanks[i];

    std::vector<Temp*> blank(operands.size(), nullptr);
    Instruction* made = f_->create(op, blank, std::span(targets, targetCount), index, index2, imm, imm2, site);
    if (made->resultCount != results.size()) return fail("wrong number of results");
    for (size_t i = 0; i < results.size(); ++i) {
      if (!define(results[i].id, made->results[i])) return false;
      if (results[i].type.repr != Repr::None) made->results[i]->type = results[i].type;
      made->results[i]->guessAs(results[i]);
    }
    operands.insert(operands.end(), arguments.begin(), arguments.end());
    for (size_t i = 0; i < operands.size(); ++i)
      if (operands[i] != kNone) pending_.push_back({made, i, operands[i], line_});
    f_->append(block_, made);
    return true;
  }

  static bool operandCountFits(Op op, size_t count) {
    size_t fixed = 0;
    for (const OperandSpec* s = infoOf(op).operands; s->mode != OperandMode::End; ++s) {
      if (s->mode == OperandMode::VarBorrow || s->mode == OperandMode::VarConsume) return count >= fixed;
      ++fixed;
    }
    return count == fixed;
  }

  bool finishBody() {
    for (auto& [id, block] : blocks_)
      if (!labelled_.count(id)) return fail("block ^" + std::to_string(id) + " is missing");
    for (const PendingOperand& p : pending_) {
      auto at = temps_.find(p.temp);
      line_ = p.line;
      if (at == temps_.end()) return fail("%" + std::to_string(p.temp) + " is not defined");
      f_->setOperand(p.user, p.index, at->second);
    }
    f_->setTempCount(tempLimit_);
    return true;
  }

  std::string_view text_;
  std::string& error_;
  uint32_t line_ = 0;
  Cursor cursor_{""};
  std::unique_ptr<Module> module_;
  std::vector<bool> declared_;
  Function* f_ = nullptr;
  Block* block_ = nullptr;
  std::unordered_map<uint32_t, Block*> blocks_;
  std::unordered_map<uint32_t, bool> labelled_;
  std::unordered_map<uint32_t, Temp*> temps_;
  std::vector<PendingOperand> pending_;
  uint32_t tempLimit_ = 0;
};

} // namespace

std::unique_ptr<Module> parseModule(std::string_view text, std::string& error) {
  error.clear();
  return Parser(text, error).run();
}

} // namespace krait::ir::core
