// Copies and pickled states of elements.
#include "runtime/modules/elementtree/element.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait::elementtree {

namespace {

/// copy.deepcopy(v, memo), without the call for what needs none.
Value deepCopy(Value v, Value memo) {
  if (isNone(v) || isExactStr(v)) return newRef(v);
  if (isExactDict(v) && dictSize(v) == 0) return newDict();
  if (isExact(v, elementType)) {
    Ref key(newInt(static_cast<int64_t>(v.bits)));
    Value known = key ? dictGet(memo, key) : Value();
    if (known || errorSet()) return xnewRef(known);
    if (recursionEnter(" in __deepcopy__") < 0) return Value();
    Value made = deepCopyMethod(v, memo);
    recursionLeave();
    return made;
  }
  Ref module(importModule("copy"));
  return module ? callMethod(module, "deepcopy", {v, memo}) : Value();
}

int32_t deepCopyInto(Value& target, Value v, Value memo) {
  Value copied = deepCopy(v, memo);
  if (!copied) return -1;
  assign(target, copied);
  return 0;
}

int32_t setChildren(ElementObject* e, Value list) {
  if (!isList(list)) return fail(TypeErrorType, "'_children' is not a list");
  Ref children(listSlice(list, 0, asList(list)->size));
  if (!children) return -1;
  for (int64_t i = 0; i < asList(children)->size; ++i)
    if (requireElement(asList(children)->items[i]) < 0) return -1;
  assign(e->children, asChildren(children.release()));
  return 0;
}

enum StateIndex : size_t { kTag, kAttributes, kText, kTail, kChildren, kStateCount };
constexpr const char* kStateNames[kStateCount] = {"tag", "attrib", "text", "tail", "_children"};

} // namespace

Value copyMethod(Value self) {
  auto* from = asElement(self);
  Ref made(newElement(from->tag, from->attributes));
  if (!made) return Value();
  auto* e = asElement(made);
  assign(e->text, newRef(from->text));
  assign(e->tail, newRef(from->tail));
  if (childCount(from)) e->children = asChildren(listSlice(from->children, 0, childCount(from)));
  return errorSet() ? Value() : made.release();
}

Value deepCopyMethod(Value self, Value memo) {
  if (!isDict(memo)) return raise(TypeErrorType, "__deepcopy__() argument must be dict, not %.50G", memo);
  auto* from = asElement(self);
  Ref tag(deepCopy(from->tag, memo));
  Ref attributes(tag && from->attributes ? deepCopy(from->attributes, memo) : Value());
  Ref made(tag && !errorSet() ? newElement(tag, attributes) : Value());
  if (!made) return Value();
  auto* e = asElement(made);
  if (deepCopyInto(e->text, from->text, memo) < 0 || deepCopyInto(e->tail, from->tail, memo) < 0) return Value();
  for (int64_t i = 0; i < childCount(from); ++i) {
    Ref child = Ref::share(childAt(from, i));
    Ref copied(deepCopy(child, memo));
    if (!copied || appendChild(e, copied) < 0) return Value();
  }
  // The memo knows the copy from now on.
  Ref key(newInt(static_cast<int64_t>(self.bits)));
  return key && dictSet(memo, key, made) == 0 ? made.release() : Value();
}

Value getStateMethod(Value self) {
  auto* e = asElement(self);
  Ref state(newDict()), children(e->children ? listSlice(e->children, 0, childCount(e)) : newList(0));
  Ref attributes(e->attributes ? newRef(e->attributes) : newDict());
  if (!state || !children || !attributes || dictSet(state, kStateNames[kTag], e->tag) < 0 ||
      dictSet(state, kStateNames[kChildren], children) < 0 || dictSet(state, kStateNames[kAttributes], attributes) < 0 ||
      dictSet(state, kStateNames[kText], e->text) < 0 || dictSet(state, kStateNames[kTail], e->tail) < 0)
    return Value();
  return state.release();
}

Value setStateMethod(Value self, Value state) {
  if (!isExactDict(state)) return raise(TypeErrorType, "Don't know how to unpickle \"%.200R\" as an Element", state);
  auto* e = asElement(self);
  Ref parts[kStateCount];
  Value name, v;
  for (int64_t at = 0; dictNext(state, &at, &name, &v);) {
    size_t i = 0;
    while (i < kStateCount && !(isStr(name) && strEqual(name, kStateNames[i]))) ++i;
    if (i == kStateCount)
      return isStr(name) ? raise(TypeErrorType, "'%U' is an invalid keyword argument for this function", name)
                         : raise(TypeErrorType, "keywords must be strings");
    parts[i].reset(newRef(v));
  }
  if (!parts[kTag]) return raise(TypeErrorType, "function missing required argument 'tag' (pos 1)");
  assign(e->tag, parts[kTag].release());
  assign(e->text, parts[kText] ? parts[kText].release() : none());
  assign(e->tail, parts[kTail] ? parts[kTail].release() : none());
  if (!parts[kChildren]) clear(e->children);
  else if (setChildren(e, parts[kChildren]) < 0) return Value();
  if (parts[kAttributes]) assign(e->attributes, parts[kAttributes].release());
  return newRef(none());
}

} // namespace krait::elementtree
