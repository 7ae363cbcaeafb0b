// xml.etree.ElementTree.TreeBuilder: puts elements together from starts, ends and texts.
//
// Text is collected in `pending` until the next start or end, and then becomes the text of the element that was opened
// last or the tail of the one that was closed last (`tailOf`). Exact elements are filled in directly, others by their
// attributes and methods.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/elementtree/element.h"
#include "runtime/object/call.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"

namespace krait::elementtree {

Value defaultCommentFactory, defaultInstructionFactory;
Type* parseError;

namespace {

constexpr const char* kEventNames[kEventCount] = {"start", "end", "start-ns", "end-ns", "comment", "pi"};

// ---- text ----------------------------------------------------------------------------------------

int32_t flush(TreeBuilderObject* b) {
  if (!b->pending) return 0;
  // One piece, and the first there.
  if (Value e = b->tailOf ? b->tailOf : b->last; isExact(e, elementType) && !isExactList(b->pending)) {
    Value& place = b->tailOf ? asElement(e)->tail : asElement(e)->text;
    if (isNone(place)) {
      place = b->pending;
      b->pending = Value();
      return 0;
    }
  }
  Ref pieces(b->pending), element = Ref::share(b->tailOf ? b->tailOf : b->last);
  b->pending = Value();
  const bool isTail = static_cast<bool>(b->tailOf);
  Ref text(isExactList(pieces) ? strJoin(emptyStr(), pieces) : pieces.release());
  if (!text) return -1;
  if (isExact(element, elementType)) {
    Value& place = isTail ? asElement(element)->tail : asElement(element)->text;
    if (!isNone(place)) text.reset(add(place, text));
    if (!text) return -1;
    assign(isTail ? asElement(element)->tail : asElement(element)->text, text.release());
    return 0;
  }
  const char* name = isTail ? "tail" : "text";
  Ref before(getAttr(element, name));
  if (before && !isNone(before)) text.reset(add(before, text));
  return before && text ? setAttr(element, name, text) : -1;
}

int32_t addTo(Value parent, Value child) {
  if (isExact(parent, elementType)) return appendChild(asElement(parent), child);
  Ref done(callMethod(parent, NAME(append), {child}));
  return done ? 0 : -1;
}

/// What comment() and pi() do with a node that a factory made.
int32_t place(TreeBuilderObject* b, Value node, bool insert) {
  if (!insert || isNone(b->open)) return 0;
  Ref parent = Ref::share(b->open);
  if (addTo(parent, node) < 0) return -1;
  assign(b->tailOf, newRef(node));
  return 0;
}

// ---- the object ----------------------------------------------------------------------------------

Value construct(Type* t, const Args&) {
  Value made = allocateOf(t, 0);
  if (!made) return made;
  auto* b = asBuilder(made);
  b->open = b->last = none();
  b->stack = newList(0);
  gcTrack(made.object());
  return b->stack ? made : (decref(made), Value());
}

void setFactory(Value& factory, Value given, Value fallback) {
  if (given && isNone(given)) given = Value();
  assign(factory, xnewRef(given ? given : fallback));
}

int32_t init(Value self, const Args& args) {
  Value argv[5];
  Ref holder[2];
  if (bindArguments("TreeBuilder", "(element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False, insert_pis=False)",
                    args, argv, 5, holder) < 0)
    return -1;
  auto* b = asBuilder(self);
  if (!truthArgument(argv[3], &b->insertComments) || !truthArgument(argv[4], &b->insertInstructions)) return -1;
  setFactory(b->elementFactory, argv[0], Value());
  setFactory(b->commentFactory, argv[1], defaultCommentFactory);
  setFactory(b->instructionFactory, argv[2], defaultInstructionFactory);
  return 0;
}

Value startMethod(Value self, const Value* argv) {
  if (!isDict(argv[1])) return raise(TypeErrorType, "start() argument 2 must be dict, not %.50G", argv[1]);
  return builderStart(asBuilder(self), argv[0], argv[1]);
}
Value endMethod(Value self, Value) { return builderEnd(asBuilder(self)); }
Value dataMethod(Value self, Value text) { return builderData(asBuilder(self), text); }
Value commentMethod(Value self, Value text) { return builderComment(asBuilder(self), text); }
Value instructionMethod(Value self, const Value* argv) {
  return builderInstruction(asBuilder(self), argv[0], argv[1] ? argv[1] : none());
}
Value closeMethod(Value self) { return builderClose(asBuilder(self)); }

constinit const MethodDef methods[] = {
    {"data", dataMethod, "($self, data, /)"},
    {"start", startMethod, "($self, tag, attrs, /)"},
    {"end", endMethod, "($self, tag, /)"},
    {"comment", commentMethod, "($self, text, /)"},
    {"pi", instructionMethod, "($self, target, text=None, /)"},
    {"close", closeMethod, "($self, /)"},
    {},
};

} // namespace

constinit Type treeBuilderType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "xml.etree.ElementTree.TreeBuilder",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &treeBuilderType, .size = sizeof(TreeBuilderObject), .flags = kLayoutGc},
    .dealloc = deallocWords<TreeBuilderObject::kOwned>,
    .traverse = traverseWords<TreeBuilderObject::kOwned>,
    .clear = clearWords<TreeBuilderObject::kOwned>,
    .init = init,
    .construct = construct,
    .methods = methods,
};

Event eventNamed(Value name) {
  size_t i = 0;
  while (i < kEventCount && !strEqual(name, kEventNames[i])) ++i;
  return static_cast<Event>(i);
}

int32_t builderReport(TreeBuilderObject* b, Event event, Value v) {
  Value name = b->events[static_cast<size_t>(event)];
  if (!name) return 0;
  Ref pair(krt_tuple_pair(newRef(name), newRef(v))), report = Ref::share(b->report);
  if (!pair) return -1;
  const auto* append = isExact(report, builtinFunctionType) ? report.as<BuiltinFunctionObject>() : nullptr; // mostly
  Ref done(append && append->self ? callMethodDefByPosition(append->def, report, append->self, pair.address(), 1) : call(report, {pair.get()}));
  return done ? 0 : -1;
}

Value builderStart(TreeBuilderObject* b, Value tag, Value attributes) {
  if (flush(b) < 0) return Value();
  Ref node;
  if (b->elementFactory) {
    Ref factory = Ref::share(b->elementFactory), given(attributes ? newRef(attributes) : newDict());
    node.reset(given ? call(factory, {tag, given.get()}) : Value());
  } else {
    node.reset(newElement(tag, attributes));
  }
  if (!node) return Value();
  if (b->tailOf) clear(b->tailOf);
  if (isNone(b->open)) {
    if (b->root) return raise(*parseError, "multiple elements on top level");
    b->root = newRef(node);
  } else if (isExact(b->open, elementType)) {
    if (appendChild(asElement(b->open), node) < 0) return Value();
  } else {
    Ref parent = Ref::share(b->open);
    if (addTo(parent, node) < 0) return Value();
  }
  // What was open goes to the stack.
  Value parent = b->open;
  b->open = newRef(node);
  if (krt_list_append(b->stack, parent) < 0) return Value();
  assign(b->last, newRef(node));
  return builderReport(b, Event::Start, node) < 0 ? Value() : node.release();
}

Value builderEnd(TreeBuilderObject* b) {
  if (flush(b) < 0) return Value();
  ListObject* stack = asList(b->stack);
  if (!stack->size) return raise(IndexErrorType, "pop from empty stack");
  Ref closed = Ref::share(b->open), before(b->last), tailBefore(b->tailOf);
  b->last = b->open;
  b->tailOf = newRef(b->open);
  b->open = stack->items[--stack->size]; // its room stays for the next one
  return builderReport(b, Event::End, closed) < 0 ? Value() : closed.release();
}

Value builderData(TreeBuilderObject* b, Value text) {
  if (!b->pending) {
    if (!isNone(b->last)) b->pending = newRef(text); // before the first start it is nobody's
    return newRef(none());
  }
  if (!isExactList(b->pending)) {
    Ref pieces(newList(0));
    if (!pieces || listAppend(pieces, b->pending) < 0) return Value();
    assign(b->pending, pieces.release());
  }
  return listAppend(b->pending, text) < 0 ? Value() : newRef(none());
}

Value builderComment(TreeBuilderObject* b, Value text) {
  if (flush(b) < 0) return Value();
  Ref node, factory(xnewRef(b->commentFactory));
  if (factory) {
    node.reset(call(factory, {text}));
    if (!node || place(b, node, b->insertComments) < 0) return Value();
  } else {
    node = Ref::share(text);
  }
  return builderReport(b, Event::Comment, node) < 0 ? Value() : node.release();
}

Value builderInstruction(TreeBuilderObject* b, Value target, Value text) {
  if (flush(b) < 0) return Value();
  Ref node, factory(xnewRef(b->instructionFactory));
  if (factory) {
    node.reset(call(factory, {target, text}));
    if (!node || place(b, node, b->insertInstructions) < 0) return Value();
  } else {
    node.reset(newTuple({target, text}));
    if (!node) return Value();
  }
  return builderReport(b, Event::Instruction, node) < 0 ? Value() : node.release();
}

Value builderClose(TreeBuilderObject* b) { return newRef(b->root ? b->root : none()); }

} // namespace krait::elementtree
