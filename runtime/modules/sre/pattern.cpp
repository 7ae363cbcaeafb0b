// The Pattern type and the scanner that finditer and scanner() use.
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <new>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/sre/match.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/hash_bytes.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_slots.h"

namespace krait::sre {
namespace {

void patternDealloc(Object* o) {
  auto* p = reinterpret_cast<PatternObject*>(o);
  if (p->weakrefs) clearWeakrefs(o);
  xdecref(p->pattern);
  xdecref(p->groupIndex);
  xdecref(p->indexGroup);
  for (void* block : {static_cast<void*>(p->code), static_cast<void*>(p->bitmapOf), static_cast<void*>(p->bitmaps), static_cast<void*>(p->branch)})
    if (block) deallocate(block);
  freeObject(o);
}

/// text, pos, endpos of match, search, findall …
struct SubjectArguments {
  int64_t start = 0, end = INT64_MAX;
  bool parse(const Value* argv) { return sizeArgument(argv[1], &start) && sizeArgument(argv[2], &end); }
};

enum class Mode : uint8_t { Match, FullMatch, Search };

Value matchMode(Value self, const Value* argv, Mode mode) {
  SubjectArguments a;
  Matcher m;
  if (!a.parse(argv) || !m.open(asPattern(self), argv[0], a.start, a.end)) return {};
  const int result = mode == Mode::Search ? m.search() : m.match(mode == Mode::FullMatch);
  if (result < 0) return {};
  return result ? newMatch(m) : newRef(none());
}
Value matchMethod(Value self, const Value* argv) { return matchMode(self, argv, Mode::Match); }
Value fullmatchMethod(Value self, const Value* argv) { return matchMode(self, argv, Mode::FullMatch); }
Value searchMethod(Value self, const Value* argv) { return matchMode(self, argv, Mode::Search); }

/// Group i of a match that m just found; unset: ''.
Value foundGroup(const Matcher& m, int64_t i) {
  const int64_t from = m.marks[2 * i], to = m.marks[2 * i + 1];
  return from < 0 || to < 0 ? m.slice(0, 0) : m.slice(from, to);
}
Value emptyOr(const Matcher& m, int64_t i) {
  if (m.marks[2 * i] < 0 || m.marks[2 * i + 1] < 0) return m.isBytes ? newBytes(nullptr, 0) : emptyStr();
  return foundGroup(m, i);
}

Value findall(Value self, const Value* argv) {
  SubjectArguments a;
  Matcher m;
  PatternObject* p = asPattern(self);
  if (!a.parse(argv) || !m.open(p, argv[0], a.start, a.end)) return {};
  Ref list(newList(0));
  if (!list) return {};
  while (m.start <= m.end) {
    const int result = m.search();
    if (result < 0) return {};
    if (result == 0) break;
    Ref item;
    if (p->groups == 0) {
      item.reset(m.slice(m.matchStart, m.matchEnd));
    } else if (p->groups == 1) {
      item.reset(emptyOr(m, 0));
    } else {
      item.reset(newTuple(p->groups));
      for (int64_t i = 0; item && i < p->groups; ++i) {
        Value g = emptyOr(m, i);
        if (!g) return {};
        asTuple(item)->items[i] = g;
      }
    }
    if (!item || listAppend(list, item) < 0) return {};
    m.advance();
  }
  return list.release();
}

Value splitMethod(Value self, const Value* argv) {
  int64_t most = 0;
  Matcher m;
  PatternObject* p = asPattern(self);
  if (!sizeArgument(argv[1], &most) || !m.open(p, argv[0], 0, INT64_MAX)) return {};
  Ref list(newList(0));
  if (!list) return {};
  int64_t done = 0;
  for (int64_t n = 0; most == 0 || n < most; ++n) {
    const int result = m.search();
    if (result < 0) return {};
    if (result == 0) break;
    Ref piece(m.slice(done, m.matchStart));
    if (!piece || listAppend(list, piece) < 0) return {};
    for (int64_t i = 0; i < p->groups; ++i) {
      const bool set = m.marks[2 * i] >= 0 && m.marks[2 * i + 1] >= 0;
      Ref g(set ? foundGroup(m, i) : newRef(none()));
      if (!g || listAppend(list, g) < 0) return {};
    }
    done = m.matchEnd;
    m.advance();
  }
  Ref rest(m.slice(done, m.end));
  if (!rest || listAppend(list, rest) < 0) return {};
  return list.release();
}

Value subMethod(Value self, const Value* argv) {
  int64_t count = 0;
  if (!sizeArgument(argv[2], &count)) return {};
  return substitute(asPattern(self), argv[0], argv[1], count, false);
}
Value subnMethod(Value self, const Value* argv) {
  int64_t count = 0;
  if (!sizeArgument(argv[2], &count)) return {};
  return substitute(asPattern(self), argv[0], argv[1], count, true);
}

// ---- scanner --------------------------------------------------------------------------------------

struct ScannerObject {
  Object header;
  Value pattern, text;
  bool running;
  alignas(8) unsigned char storage[sizeof(Matcher)]; // a Matcher, opened when the scanner is made
  Matcher& matcher() { return *reinterpret_cast<Matcher*>(storage); }
};
ScannerObject* asScanner(Value v) { return v.as<ScannerObject>(); }

void scannerDealloc(Object* o) {
  auto* s = reinterpret_cast<ScannerObject*>(o);
  s->matcher().~Matcher();
  xdecref(s->pattern);
  xdecref(s->text);
  freeObject(o);
}

Value scan(Value self, Mode mode, bool iterating) {
  auto* s = asScanner(self);
  if (s->running) return raise(ValueErrorType, "regular expression scanner already executing");
  Matcher& m = s->matcher();
  auto exhausted = [iterating] { return iterating ? Value() : newRef(none()); };
  if (m.start > m.end || m.pattern == nullptr) return exhausted();
  s->running = true;
  const int result = mode == Mode::Search ? m.search() : m.match(false);
  s->running = false;
  if (result < 0) return {};
  if (result == 0) {
    m.start = m.end + 1;
    return exhausted();
  }
  Value match = newMatch(m);
  m.advance();
  return match;
}
Value scannerMatch(Value self) { return scan(self, Mode::Match, false); }
Value scannerSearch(Value self) { return scan(self, Mode::Search, false); }

Value newScanner(Value self, const Value* argv) {
  SubjectArguments a;
  if (!a.parse(argv)) return {};
  Object* o = newObject(&scannerType.instanceLayout);
  if (!o) return {};
  auto* s = reinterpret_cast<ScannerObject*>(o);
  new (s->storage) Matcher();
  s->pattern = newRef(self);
  s->text = newRef(argv[0]);
  Ref holder{Value(o)};
  return s->matcher().open(asPattern(self), argv[0], a.start, a.end) ? holder.release() : Value();
}

Value scannerNext(Value self) { return scan(self, Mode::Search, true); }
Value scannerSelf(Value self) { return newRef(self); }

/// What finditer answers: a scanner that is its own iterator.
extern Type matchIteratorType;
Value finditer(Value self, const Value* argv) {
  Value scanner = newScanner(self, argv);
  if (scanner) scanner.object()->layout = &matchIteratorType.instanceLayout;
  return scanner;
}

// ---- attributes -----------------------------------------------------------------------------------

Value itself(Value self) { return newRef(self); }
Value deepcopy(Value self, Value) { return newRef(self); }
Value getGroupIndex(Value self, void*) {
  PatternObject* p = asPattern(self);
  Ref names(p->groupIndex ? newRef(p->groupIndex) : newDict());
  return names ? newMappingProxy(names) : Value();
}
Value getFlags(Value self, void*) { return newInt(asPattern(self)->flags); }

constexpr const char* flagNames[] = {"re.TEMPLATE", "re.IGNORECASE", "re.LOCALE", "re.MULTILINE", "re.DOTALL", "re.UNICODE",
                                     "re.VERBOSE", "re.DEBUG", "re.ASCII"};
Value reprSlot(Value self) {
  PatternObject* p = asPattern(self);
  uint32_t flags = p->flags;
  if (!p->isBytes && (flags & (kFlagLocale | kFlagUnicode | kFlagAscii)) == kFlagUnicode) flags &= ~static_cast<uint32_t>(kFlagUnicode);
  Ref pattern(repr(p->pattern));
  if (!pattern) return {};
  StrBuilder out;
  out.addAscii("re.compile(");
  out.add(pattern, 0, asStr(pattern)->length < 200 ? asStr(pattern)->length : 200);
  const char* separator = ", ";
  for (uint32_t i = 0; i < std::size(flagNames); ++i) {
    if (!(flags & 1u << i)) continue;
    out.addAscii(separator);
    out.addAscii(flagNames[i]);
    separator = "|";
    flags &= ~(1u << i);
  }
  if (flags) {
    char hex[16];
    snprintf(hex, sizeof hex, "0x%x", flags);
    out.addAscii(separator);
    out.addAscii(hex);
  }
  out.add(')');
  return out.take();
}

int64_t hashSlot(Value self) {
  PatternObject* p = asPattern(self);
  const int64_t h = hashBytes(p->code, p->codeSize * sizeof(uint32_t)), text = hash(p->pattern);
  if (text == -1) return -1;
  const int64_t mixed = h ^ text ^ p->flags ^ (p->isBytes ? 1 : 0) ^ p->groups;
  return mixed == -1 ? -2 : mixed;
}
Value compareSlot(Value a, Value b, int op) {
  if ((op != kEq && op != kNe) || typeOf(b) != &patternType) return newRef(notImplemented());
  PatternObject *p = asPattern(a), *q = asPattern(b);
  bool same = p == q;
  if (!same && p->flags == q->flags && p->isBytes == q->isBytes && p->groups == q->groups && p->codeSize == q->codeSize &&
      !std::memcmp(p->code, q->code, p->codeSize * sizeof(uint32_t))) {
    const int32_t equalText = equal(p->pattern, q->pattern);
    if (equalText < 0) return {};
    same = equalText;
  }
  return boolean(same == (op == kEq));
}

constexpr char kSubject[] = "($self, /, string, pos=0, endpos=sys.maxsize)";
constexpr MethodDef methods[] = {
    {"match", matchMethod, kSubject},
    {"fullmatch", fullmatchMethod, kSubject},
    {"search", searchMethod, kSubject},
    {"sub", subMethod, "($self, /, repl, string, count=0)"},
    {"subn", subnMethod, "($self, /, repl, string, count=0)"},
    {"findall", findall, kSubject},
    {"split", splitMethod, "($self, /, string, maxsplit=0)"},
    {"finditer", finditer, kSubject},
    {"scanner", newScanner, kSubject},
    {"__copy__", itself, "($self, /)"},
    {"__deepcopy__", deepcopy, "($self, memo, /)"},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {},
};
constexpr GetSetDef getset[] = {{"groupindex", getGroupIndex}, {}};
constexpr MemberDef members[] = {
    {"pattern", MemberKind::Object, offsetof(PatternObject, pattern)},
    {"groups", MemberKind::Int64, offsetof(PatternObject, groups)},
    {"flags", getFlags},
    {},
};
constexpr MethodDef scannerMethods[] = {{"match", scannerMatch, "($self, /)"}, {"search", scannerSearch, "($self, /)"}, {}};
constexpr MemberDef scannerMembers[] = {{"pattern", MemberKind::Object, offsetof(ScannerObject, pattern)}, {}};

constinit Type matchIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "callable_iterator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeImmutable,
    .instanceLayout = {.type = &matchIteratorType, .size = sizeof(ScannerObject)},
    .dealloc = scannerDealloc,
    .iter = scannerSelf,
    .next = scannerNext,
};

} // namespace

constinit Type patternType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "re.Pattern",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeImmutable | kTypeOwnModule,
    .instanceLayout = {.type = &patternType, .size = sizeof(PatternObject), .weakOffset = offsetof(PatternObject, weakrefs)},
    .dealloc = patternDealloc,
    .repr = reprSlot,
    .hash = hashSlot,
    .compare = compareSlot,
    .methods = methods,
    .getset = getset,
    .members = members,
    .doc = "Compiled regular expression object.",
};
constinit Type scannerType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_sre.SRE_Scanner",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeImmutable | kTypeOwnModule,
    .instanceLayout = {.type = &scannerType, .size = sizeof(ScannerObject)},
    .dealloc = scannerDealloc,
    .methods = scannerMethods,
    .members = scannerMembers,
};

} // namespace krait::sre
