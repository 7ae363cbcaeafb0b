// An element as the sequence of its children.
#include "runtime/modules/elementtree/element.h"
#include "runtime/object/items.h"
#include "runtime/types/arguments.h"

namespace krait::elementtree {

namespace {

/// The items of any iterable, as a list or tuple: owned.
Value toSequence(Value v) {
  Value items = toFast(v, "");
  if (!items && errorClearIf(TypeErrorType)) raise(TypeErrorType, "expected sequence, not \"%.200T\"", v);
  return items;
}
/// The same, elements all of them.
Value elementsOf(Value v) {
  Ref elements(toSequence(v));
  Items items(elements ? elements.get() : emptyTuple());
  while (elements) {
    Ref element(items.next());
    if (!element) break;
    if (requireElement(element) < 0) return Value();
  }
  return elements.release();
}

int64_t lengthOf(Value self) { return childCount(asElement(self)); }

Value itemAt(Value self, int64_t i) {
  auto* e = asElement(self);
  if (i < 0 || i >= childCount(e)) return raise(IndexErrorType, "child index out of range");
  return newRef(childAt(e, i));
}

int32_t setItemAt(Value self, int64_t i, Value v) {
  auto* e = asElement(self);
  if (i < 0 || i >= childCount(e)) return fail(IndexErrorType, "child assignment index out of range");
  if (!v) return listSetSlice(e->children, i, i + 1, Value());
  if (requireElement(v) < 0) return -1;
  // One that went out of the tree while the old child dies has taken the list with it.
  Ref children = Ref::share(e->children);
  assign(asList(children)->items[i], newRef(v));
  return 0;
}

/// An index as a subscript, counted from the end if negative; -1 with errorSet() if it is none.
int64_t indexArgument(ElementObject* e, Value key) {
  const int64_t i = toIndex(key, &IndexErrorType);
  if (i == -1 && errorSet()) return -1;
  return i < 0 ? i + childCount(e) : i;
}
bool isIndex(Value key) { return isInt(key) || (readyTypeOf(key)->number && readyTypeOf(key)->number->index); }

Value subscript(Value self, Value key) {
  auto* e = asElement(self);
  if (isIndex(key)) {
    const int64_t i = indexArgument(e, key);
    return i == -1 && errorSet() ? Value() : itemAt(self, i);
  }
  if (!isExact(key, sliceType)) return raise(TypeErrorType, "element indices must be integers");
  int64_t start, stop, step;
  if (sliceUnpack(key, &start, &stop, &step) < 0) return Value();
  return e->children ? listSubscript(e->children, key) : newList(0);
}

int32_t setSubscript(Value self, Value key, Value v) {
  auto* e = asElement(self);
  if (isIndex(key)) {
    const int64_t i = indexArgument(e, key);
    return i == -1 && errorSet() ? -1 : setItemAt(self, i, v);
  }
  if (!isExact(key, sliceType)) return fail(TypeErrorType, "element indices must be integers");
  int64_t start, stop, step;
  if (sliceUnpack(key, &start, &stop, &step) < 0) return -1;
  Ref elements;
  if (v) {
    elements.reset(elementsOf(v));
    if (!elements) return -1;
  }
  Ref children = Ref::share(childrenOf(e)); // what dies may clear the element
  return children ? listSetSubscript(children, key, elements) : -1;
}

} // namespace

constinit const SequenceSlots elementSequence = {.length = lengthOf, .item = itemAt, .setItem = setItemAt};
constinit const MappingSlots elementMapping = {.length = lengthOf, .subscript = subscript, .setSubscript = setSubscript};

Value appendMethod(Value self, Value child) {
  if (!isElement(child))
    return raise(TypeErrorType, "append() argument must be xml.etree.ElementTree.Element, not %.50G", child);
  return appendChild(asElement(self), child) < 0 ? Value() : newRef(none());
}

Value extendMethod(Value self, Value given) {
  Ref elements(toSequence(given));
  if (!elements) return Value();
  Items items(elements);
  for (;;) {
    Ref child(items.next());
    if (!child) return errorSet() ? Value() : newRef(none());
    if (appendChild(asElement(self), child) < 0) return Value();
  }
}

Value insertMethod(Value self, const Value* argv) {
  auto* e = asElement(self);
  const int64_t i = toIndex(argv[0], &OverflowErrorType);
  if (i == -1 && errorSet()) return Value();
  if (!isElement(argv[1]))
    return raise(TypeErrorType, "insert() argument 2 must be xml.etree.ElementTree.Element, not %.50G", argv[1]);
  const Value children = childrenOf(e);
  return !children || listInsert(children, i, argv[1]) < 0 ? Value() : newRef(none());
}

Value removeMethod(Value self, Value child) {
  auto* e = asElement(self);
  if (!isElement(child))
    return raise(TypeErrorType, "remove() argument must be xml.etree.ElementTree.Element, not %.50G", child);
  int64_t at = 0;
  while (at < childCount(e) && childAt(e, at) != child) ++at;
  if (at == childCount(e)) { // an equal one will do
    for (at = 0; at < childCount(e); ++at) {
      Ref other = Ref::share(childAt(e, at));
      const int32_t same = equal(other, child);
      if (same < 0) return Value();
      if (same) break;
    }
  }
  if (at >= childCount(e)) return raise(ValueErrorType, "list.remove(x): x not in list");
  Ref children = Ref::share(e->children);
  return listSetSlice(children, at, at + 1, Value()) < 0 ? Value() : newRef(none());
}

} // namespace krait::elementtree
