// The Match type.
#include "runtime/modules/sre/match.h"
#include <cstddef>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_slots.h"

namespace krait::sre {

Value newMatch(const Matcher& m) {
  const int64_t groups = m.pattern->groups + 1;
  Object* o = newObject(&matchType.instanceLayout, 2 * groups);
  if (!o) return {};
  auto* match = reinterpret_cast<MatchObject*>(o);
  match->text = newRef(m.text);
  match->pattern = newRef(Value(&m.pattern->header));
  match->pos = m.begin;
  match->endPos = m.end;
  match->lastIndex = m.lastIndex;
  match->groups = groups;
  match->marks[0] = m.matchStart;
  match->marks[1] = m.matchEnd;
  const int64_t *const from = m.marks, count = 2 * (groups - 1);
  int64_t* const to = match->marks + 2;
  for (int64_t i = 0; i < count; i += 2) {
    const int64_t unset = (from[i] | from[i + 1]) >> 63; // -1 if either is
    to[i] = from[i] | unset;
    to[i + 1] = from[i + 1] | unset;
  }
  gcTrack(o);
  return Value(o);
}

Value textSlice(Value text, int64_t from, int64_t to, Value fallback) {
  if (from < 0) return newRef(fallback);
  if (isStr(text)) return strSubstring(text, from, to);
  HeldBuffer b;
  if (!b.get(text)) return {};
  if (to > b.size()) to = b.size();
  if (from == 0 && to == b.size() && isExactBytes(text)) return newRef(text);
  return from < to ? newBytes(b.data() + from, static_cast<size_t>(to - from)) : newBytes(nullptr, 0);
}

namespace {

void matchDealloc(Object* o) {
  auto* m = reinterpret_cast<MatchObject*>(o);
  gcUntrack(o);
  xdecref(m->text);
  xdecref(m->pattern);
  xdecref(m->regs);
  freeObject(o);
}
int matchTraverse(Object* o, Visit visit, void* context) {
  auto* m = reinterpret_cast<MatchObject*>(o);
  for (Value v : {m->text, m->pattern, m->regs})
    if (const int stop = visit(v, context)) return stop;
  return 0;
}
void matchClear(Object* o) {
  auto* m = reinterpret_cast<MatchObject*>(o);
  clear(m->text);
  clear(m->pattern);
  clear(m->regs);
}

Value groupAt(MatchObject* m, int64_t i, Value fallback) { return textSlice(m->text, m->marks[2 * i], m->marks[2 * i + 1], fallback); }

/// The number of a group given by number or name; -1 with IndexError "no such group".
int64_t groupNumber(MatchObject* m, Value which) {
  int64_t i = -1;
  const NumberSlots* number = readyTypeOf(which)->number;
  if (isInt(which) || (number && number->index)) {
    i = toIndex(which, nullptr);
    if (i == -1 && errorSet()) return -1;
  } else if (Value groupIndex = asPattern(m->pattern)->groupIndex) {
    Value found = dictGet(groupIndex, which);
    if (!found && errorSet()) return -1;
    if (found && found.isSmallInt()) i = found.smallInt();
  }
  if (i < 0 || i >= m->groups) return fail(IndexErrorType, "no such group");
  return i;
}
Value groupBy(MatchObject* m, Value which) {
  const int64_t i = groupNumber(m, which);
  return i < 0 ? Value() : groupAt(m, i, none());
}

Value group(Value self, const Args& args) {
  auto* m = asMatch(self);
  if (checkNoKeywords("group", args) < 0) return {};
  if (args.count == 0) return groupAt(m, 0, none());
  if (args.count == 1) return groupBy(m, args[0]);
  Ref out(newTuple(static_cast<int64_t>(args.count)));
  if (!out) return {};
  for (size_t i = 0; i < args.count; ++i) {
    Value item = groupBy(m, args[i]);
    if (!item) return {};
    asTuple(out)->items[i] = item;
  }
  return out.release();
}
Value subscript(Value self, Value which) { return groupBy(asMatch(self), which); }

Value groupsMethod(Value self, const Value* argv) {
  auto* m = asMatch(self);
  if (m->groups == 1) return emptyTuple();
  Ref out(newTuple(m->groups - 1));
  if (!out) return {};
  for (int64_t i = 1; i < m->groups; ++i) {
    Value item = groupAt(m, i, argv[0] ? argv[0] : none());
    if (!item) return {};
    asTuple(out)->items[i - 1] = item;
  }
  return out.release();
}
Value groupdict(Value self, const Value* argv) {
  auto* m = asMatch(self);
  Ref out(newDict());
  int64_t position = 0;
  Value key, number;
  Value groupIndex = asPattern(m->pattern)->groupIndex;
  while (out && groupIndex && dictNext(groupIndex, &position, &key, &number)) {
    Ref item(groupAt(m, number.smallInt(), argv[0] ? argv[0] : none()));
    if (!item || dictSet(out, key, item) < 0) return {};
  }
  return out.release();
}

/// Argument `group` of start, end and span: 0 by default. -1 with an error.
int64_t optionalGroup(MatchObject* m, const Value* argv) { return argv[0] ? groupNumber(m, argv[0]) : 0; }
Value startMethod(Value self, const Value* argv) {
  const int64_t i = optionalGroup(asMatch(self), argv);
  return i < 0 ? Value() : newInt(asMatch(self)->marks[2 * i]);
}
Value endMethod(Value self, const Value* argv) {
  const int64_t i = optionalGroup(asMatch(self), argv);
  return i < 0 ? Value() : newInt(asMatch(self)->marks[2 * i + 1]);
}
Value spanOf(MatchObject* m, int64_t i) { return newTuple({newInt(m->marks[2 * i]), newInt(m->marks[2 * i + 1])}); }
Value spanMethod(Value self, const Value* argv) {
  const int64_t i = optionalGroup(asMatch(self), argv);
  return i < 0 ? Value() : spanOf(asMatch(self), i);
}
Value expand(Value self, const Value* argv) {
  Ref re(importModule("re"));
  return re ? callMethod(re, "_expand", {asMatch(self)->pattern, self, argv[0]}) : Value();
}
Value itself(Value self) { return newRef(self); }
Value deepcopy(Value self, Value) { return newRef(self); }

Value getRegs(Value self, void*) {
  auto* m = asMatch(self);
  if (m->regs) return newRef(m->regs);
  Ref out(newTuple(m->groups));
  if (!out) return {};
  for (int64_t i = 0; i < m->groups; ++i) {
    Value span = spanOf(m, i);
    if (!span) return {};
    asTuple(out)->items[i] = span;
  }
  m->regs = newRef(out);
  return out.release();
}
Value getLastIndex(Value self, void*) { return asMatch(self)->lastIndex >= 0 ? newInt(asMatch(self)->lastIndex) : newRef(none()); }
Value getLastGroup(Value self, void*) {
  auto* m = asMatch(self);
  Value names = asPattern(m->pattern)->indexGroup;
  if (m->lastIndex >= 0 && names && m->lastIndex < asTuple(names)->size) return newRef(asTuple(names)->items[m->lastIndex]);
  return newRef(none());
}

Value reprSlot(Value self) {
  auto* m = asMatch(self);
  Ref text(groupAt(m, 0, none()));
  if (!text) return {};
  return formatText("<%s object; span=(%zd, %zd), match=%.50R>", typeOf(self)->name, static_cast<size_t>(m->marks[0]), static_cast<size_t>(m->marks[1]), text.get());
}

constexpr MethodDef methods[] = {
    {"group", group},
    {"start", startMethod, "($self, group=0, /)"},
    {"end", endMethod, "($self, group=0, /)"},
    {"span", spanMethod, "($self, group=0, /)"},
    {"groups", groupsMethod, "($self, /, default=None)"},
    {"groupdict", groupdict, "($self, /, default=None)"},
    {"expand", expand, "($self, /, template)"},
    {"__copy__", itself, "($self, /)"},
    {"__deepcopy__", deepcopy, "($self, memo, /)"},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {},
};
constexpr GetSetDef getset[] = {{"lastindex", getLastIndex}, {"lastgroup", getLastGroup}, {"regs", getRegs}, {}};
constexpr MemberDef members[] = {
    {"string", MemberKind::Object, offsetof(MatchObject, text)},
    {"re", MemberKind::Object, offsetof(MatchObject, pattern)},
    {"pos", MemberKind::Int64, offsetof(MatchObject, pos)},
    {"endpos", MemberKind::Int64, offsetof(MatchObject, endPos)},
    {},
};
constexpr MappingSlots mapping = {.subscript = subscript};

} // namespace

constinit Type matchType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "re.Match",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeImmutable | kTypeOwnModule,
    .instanceLayout = {.type = &matchType, .size = sizeof(MatchObject), .itemSize = sizeof(int64_t), .flags = kLayoutGc},
    .dealloc = matchDealloc,
    .traverse = matchTraverse,
    .clear = matchClear,
    .repr = reprSlot,
    .mapping = &mapping,
    .methods = methods,
    .getset = getset,
    .members = members,
    .doc = "The result of re.match() and re.search().",
};

} // namespace krait::sre
