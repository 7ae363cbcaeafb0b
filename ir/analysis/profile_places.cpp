#include "ir/analysis/profile_places.h"

#include "ir/core/operators.h"

#include <cstdio>
#include <map>
#include <unordered_set>

namespace krait::ir::analysis {

using namespace core;

namespace {

// What comes out of it is not known from what goes in.
bool isRead(Op op) {
  switch (op) {
  case Op::AttrGet:
  case Op::SuperAttr:
  case Op::ItemGet:
  case Op::Call:
  case Op::CallKw:
  case Op::CallEx:
  case Op::CallStar:
  case Op::Method:
  case Op::MethodKw:
  case Op::MethodCall:
  case Op::MethodCallKw:
  case Op::MethodCallStar:
  case Op::NextBr:
  case Op::Unpack:
  case Op::UnpackEx:
  case Op::YieldFrom: return true;
  default: return false;
  }
}

// Whose class decides what happens.
bool asksFirstOperand(Op op) {
  switch (op) {
  case Op::AttrGet:
  case Op::AttrSet:
  case Op::ItemGet:
  case Op::ItemSet:
  case Op::Iter:
  case Op::Method:
  case Op::MethodKw:
  case Op::MethodLoad: return true;
  default: return false;
  }
}

class Hash {
public:
  void add(std::string_view text) {
    for (const unsigned char c : text) add(c);
    add(uint8_t{0});
  }
  void add(const SourceSpan& span, uint32_t firstLine) {
    for (const int32_t n : {span.line - static_cast<int32_t>(firstLine), span.column, span.endLine - span.line, span.endColumn}) add(std::to_string(n));
  }
  std::string text() const {
    char digits[17];
    snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(state_));
    return digits;
  }

private:
  void add(uint8_t byte) { state_ = (state_ ^ byte) * 0x100000001b3; } // FNV-1a
  uint64_t state_ = 0xcbf29ce484222325;
};

class Finder {
public:
  explicit Finder(Function& f) : f_(f) {}

  ProfilePlaces run() {
    findStores();
    const uint32_t parameters = f_.kind == FunctionKind::ClassBody ? 0 : f_.paramCount();
    for (uint32_t n = 0; n < parameters; ++n) add({ProfilePlace::What::Passed, nullptr, n, "parameter " + f_.locals[n].name});
    for (Block* b = f_.entry(); b; b = b->next)
      for (Instruction* i = b->first; i; i = i->next) {
        hash(*i);
        if (i->is(Op::Poll)) add({ProfilePlace::What::Round, i, 0, nameOf(*i)});
        if (asksFirstOperand(i->op)) value({ProfilePlace::What::Operand, i, 0, nameOf(*i) + " of"});
        if (isArithmetic(i->op) || isTest(i->op) || isCompare(i->op))
          for (const uint32_t n : {0u, 1u})
            if (isVariable(i->operand(n))) value({ProfilePlace::What::Operand, i, n, nameOf(*i) + (n ? " right" : " left")});
        if (!isRead(i->op)) continue;
        for (uint32_t r = 0; r < i->resultCount; ++r) value({ProfilePlace::What::Result, i, r, nameOf(*i) + (i->resultCount == 1 ? "" : "." + std::to_string(r))});
      }
    places_.hash = hash_.text();
    return std::move(places_);
  }

private:
  void hash(const Instruction& i) {
    hash_.add(i.info().text);
    if (i.info().attributes & attribute::NAME) hash_.add(f_.module.names[i.index]);
    if (i.info().attributes & attribute::GLOBAL) hash_.add(f_.module.cells[i.index]);
    if (i.site != kNone) hash_.add(f_.allSites()[i.site].span, f_.firstLine);
  }
  std::string nameOf(const Instruction& i) const {
    const SourceSpan span = i.site == kNone ? f_.span : f_.allSites()[i.site].span;
    const int32_t first = static_cast<int32_t>(f_.firstLine);
    return std::to_string(span.line - first) + ":" + std::to_string(span.column) + "-" + std::to_string(span.endLine - first) + ":" + std::to_string(span.endColumn) + " " + i.info().text;
  }
  // A parameter that stays what it is was counted where it came, and what is in a global where it was put; and each is counted once.
  void value(ProfilePlace place) {
    const Temp* t = place.value();
    if (const Instruction* made = t->definition; made && (made->is(Op::Const) || made->is(Op::GlobalGet) || made->is(Op::LocalLend) || (readsLocal(*made) && isConstant(made->local())))) return;
    if (t->type.isWord() && seen_.insert(t).second) add(std::move(place));
  }
  void add(ProfilePlace place) {
    if (const unsigned number = ++named_[place.name]; number > 1) place.name += " #" + std::to_string(number);
    places_.all.push_back(std::move(place));
  }

  // What else is computed with was counted where it came from, or follows from what was.
  static bool isVariable(const Temp* t) { return t->definition && (readsLocal(*t->definition) || t->definition->is(Op::CellGet)); }
  // What local.lend gives has one user.
  static bool readsLocal(const Instruction& i) { return i.is(Op::LocalGet) || i.is(Op::LocalRead); }
  void findStores() {
    stored_.resize(f_.locals.size());
    for (const Block* b = f_.entry(); b; b = b->next)
      for (const Instruction* i = b->first; i; i = i->next)
        if (isLocalStore(i->op)) stored_[i->local()] = true;
  }
  bool isConstant(uint32_t local) const { return local < f_.paramCount() && !stored_[local]; }

  Function& f_;
  std::vector<bool> stored_; // by local
  ProfilePlaces places_;
  Hash hash_;
  std::map<std::string, unsigned> named_;
  std::unordered_set<const Temp*> seen_;
};

} // namespace

bool isProfiled(const Function& f) { return f.entry() && f.text == kNone && f.number < f.module.functionCount(); }

ProfilePlaces profilePlacesOf(Function& f) { return Finder(f).run(); }

} // namespace krait::ir::analysis
