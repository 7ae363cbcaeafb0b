// _elementtree's objects: elements, the builder that puts them together, and the parser that feeds it.
#pragma once
#include "runtime/object/protocol.h"
#include "runtime/object/type.h"
#include "runtime/types/sequence.h"

namespace krait::elementtree {

struct ElementObject {
  Object header;
  Value tag, text, tail; // never null
  Value attributes;      // dict, or null: none yet
  Value children;        // exact list that nobody else sees, the collector neither; or null: none yet
  static constexpr int kOwned = 5;
  Value weakrefs;
};
inline ElementObject* asElement(Value v) { return v.as<ElementObject>(); }
extern Type elementType, elementIteratorType, treeBuilderType, xmlParserType;
inline bool isElement(Value v) { return isInstanceOf(v, elementType); }
inline int64_t childCount(const ElementObject* e) { return e->children ? asList(e->children)->size : 0; }
/// Borrowed; 0 <= i < childCount.
inline Value childAt(const ElementObject* e, int64_t i) { return asList(e->children)->items[i]; }

/// Owned. `attributes` is a dict that the element shares, or null.
Value newElement(Value tag, Value attributes);
/// The dict, made on demand: borrowed, or null with an error.
Value attributesOf(ElementObject* e);
/// 0, or TypeError "expected an Element, not …".
int32_t requireElement(Value v);
/// The list of children, made on demand: borrowed, or null with an error.
Value childrenOf(ElementObject* e);
/// A list (owned, or null) as one of children: what it holds is visited as the element's.
Value asChildren(Value list);
int32_t appendChild(ElementObject* e, Value child);
/// Of `callee(…, attrib={}, **extra)` with attrib at this position, or among the keywords: a new dict, or null if nothing was
/// given. False with an error.
bool attributesOfCall(const char* callee, const Args& args, size_t position, Ref& attributes);

// ---- children (children.cpp) ----
extern const SequenceSlots elementSequence;
extern const MappingSlots elementMapping;
Value appendMethod(Value self, Value child);
Value extendMethod(Value self, Value elements);
Value insertMethod(Value self, const Value* argv);
Value removeMethod(Value self, Value child);

// ---- copies and pickles (copy.cpp) ----
Value copyMethod(Value self);
Value deepCopyMethod(Value self, Value memo);
Value getStateMethod(Value self);
Value setStateMethod(Value self, Value state);

// ---- searches and walks (search.cpp) ----
Value findMethod(Value self, const Value* argv);
Value findTextMethod(Value self, const Value* argv);
Value findAllMethod(Value self, const Value* argv);
Value iterFindMethod(Value self, const Value* argv);
Value iterMethod(Value self, const Value* argv);
Value iterTextMethod(Value self);

// ---- TreeBuilder (tree_builder.cpp) ----
enum class Event : uint8_t { Start, End, StartNamespace, EndNamespace, Comment, Instruction, Count };
constexpr size_t kEventCount = static_cast<size_t>(Event::Count);
/// The event of that name; Count if there is none.
Event eventNamed(Value name);

struct TreeBuilderObject {
  Object header;
  Value root;                        // null: nothing was opened yet
  Value open;                        // the element that is open, or None
  Value last;                        // the one that was opened or closed last, or None
  Value tailOf;                      // whose tail text belongs to; null: it is the text of `last`
  Value pending;                     // text not handed out yet: null, one piece, or a list of pieces
  Value stack;                       // list: those around `open`
  Value elementFactory, commentFactory, instructionFactory; // null: the plain way
  Value report;                      // events go to this function; null: to nobody
  Value events[kEventCount];         // names of those wanted, null for the others
  static constexpr int kOwned = 10 + static_cast<int>(kEventCount);
  bool insertComments, insertInstructions;
};
inline TreeBuilderObject* asBuilder(Value v) { return v.as<TreeBuilderObject>(); }
/// Comment and ProcessingInstruction of the module that is written in Python; null before it set them.
extern Value defaultCommentFactory, defaultInstructionFactory;
/// ParseError, set by the module.
extern Type* parseError;

/// What the methods do, for the parser: owned results, or null with an error. `attributes` may be null.
Value builderStart(TreeBuilderObject* b, Value tag, Value attributes);
Value builderEnd(TreeBuilderObject* b);
Value builderData(TreeBuilderObject* b, Value text);
Value builderComment(TreeBuilderObject* b, Value text);
Value builderInstruction(TreeBuilderObject* b, Value target, Value text);
Value builderClose(TreeBuilderObject* b);
/// Reports (event, value) if it is wanted.
int32_t builderReport(TreeBuilderObject* b, Event event, Value v);

} // namespace krait::elementtree
