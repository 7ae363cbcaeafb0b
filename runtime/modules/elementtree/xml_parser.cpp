// xml.etree.ElementTree.XMLParser: expat's events to a target; an exact TreeBuilder is called directly.
#include <expat.h>

#include <algorithm>
#include <climits>
#include <new>
#include <string_view>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/elementtree/element.h"
#include "runtime/modules/expat/parser.h"
#include "runtime/object/items.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codec.h"
#include "runtime/types/dict.h"
#include "runtime/types/hash_bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/text_table.h"

namespace krait::elementtree {

namespace {

using expat::textOf;

/// Methods of the target that are called, if it has them.
enum Target : size_t { kStart, kEnd, kData, kComment, kInstruction, kStartNamespace, kEndNamespace, kDoctype, kClose, kTargetCount };
constexpr const char* kTargetNames[kTargetCount] = {"start", "end", "data", "comment", "pi", "start_ns", "end_ns", "doctype", "close"};

struct ParserObject {
  Object header;
  Value target, entity;          // entity: dict of names to texts
  Value handlers[kTargetCount];  // null: none
  static constexpr int kOwned = 2 + static_cast<int>(kTargetCount);
  XML_Parser parser;             // null before __init__
  TextTable names;               // by expat's spelling of them
};
ParserObject* asParser(Value v) { return v.as<ParserObject>(); }
ParserObject* self_(void* data) { return static_cast<ParserObject*>(data); }

/// The target if it is an exact TreeBuilder, else null.
TreeBuilderObject* builderOf(ParserObject* p) { return isExact(p->target, treeBuilderType) ? asBuilder(p->target) : nullptr; }

// ---- errors --------------------------------------------------------------------------------------

/// ParseError at a position; `message` null: expat's words for the code.
Value raiseParseError(XML_Error code, size_t line, size_t column, const char* message) {
  const char* words = message ? message : XML_ErrorString(code);
  Ref text(formatText("%s: line %zu, column %zu", words ? words : "unknown error", line, column));
  Ref error(text ? call(asValue(parseError), {text}) : Value());
  Ref number(newInt(code)), row(newInt(static_cast<int64_t>(line))), offset(newInt(static_cast<int64_t>(column)));
  Ref position(error ? newTuple({row, offset}) : Value());
  if (!position || setAttr(error, "code", number) < 0 || setAttr(error, "position", position) < 0) return Value();
  return raiseInstance(error.release());
}

// ---- events --------------------------------------------------------------------------------------

/// Calls a method of the target with owned arguments, any of which may be null with an error; the answer is dropped.
template <class... Owned> void callTarget(ParserObject* p, Target which, Owned... owned) {
  Ref held[] = {Ref(owned)...};
  Value args[sizeof...(owned)];
  for (size_t i = 0; i < sizeof...(owned); ++i)
    if (!(args[i] = held[i])) return;
  Ref f = Ref::share(p->handlers[which]);
  Ref answer(call(f, Args{args, sizeof...(owned), Value()}));
}
/// Drops what the builder answered.
void drop(Value answer) { Ref dropped(answer); }

/// "uri}name" as "{uri}name", the same object every time. Owned, or null with an error.
Value universalName(ParserObject* p, const char* spelling) {
  const std::string_view text(spelling);
  const int64_t hash = hashForTable(text.data(), text.size());
  if (Value known = p->names.find(text.data(), text.size(), 1, hash)) return newRef(known);
  Ref name(newStr(text));
  if (name && text.find('}') != std::string_view::npos) name.reset(formatText("{%U", name.get()));
  return name && p->names.add(text.data(), text.size(), 1, hash, name) ? name.release() : Value();
}

Value attributesFrom(ParserObject* p, const char** pairs) {
  Ref all(newDict());
  for (; all && pairs[0] && pairs[1]; pairs += 2) {
    Ref name(universalName(p, pairs[0])), value(name ? newStr(pairs[1]) : Value());
    if (!value || dictSet(all, name, value) < 0) return Value();
  }
  return all.release();
}

void startElement(void* data, const char* name, const char** pairs) {
  auto* p = self_(data);
  auto* b = builderOf(p);
  if (errorSet() || (!b && !p->handlers[kStart])) return;
  Ref tag(universalName(p, name));
  Ref attributes(tag && (pairs[0] || !b) ? attributesFrom(p, pairs) : Value());
  if (errorSet()) return;
  if (b) drop(builderStart(b, tag, attributes));
  else callTarget(p, kStart, tag.release(), attributes.release());
}
void endElement(void* data, const char* name) {
  auto* p = self_(data);
  if (errorSet()) return;
  if (auto* b = builderOf(p)) drop(builderEnd(b));
  else if (p->handlers[kEnd]) callTarget(p, kEnd, universalName(p, name));
}
void handleText(ParserObject* p, Value owned) {
  Ref text(owned);
  if (!text) return;
  if (auto* b = builderOf(p)) drop(builderData(b, text));
  else if (p->handlers[kData]) callTarget(p, kData, text.release());
}
void characterData(void* data, const char* text, int n) {
  if (!errorSet()) handleText(self_(data), newStr(std::string_view(text, static_cast<size_t>(n))));
}
/// What expat has no handler for; here: entities that the document does not declare.
void otherText(void* data, const char* text, int n) {
  auto* p = self_(data);
  if (n < 2 || text[0] != '&' || errorSet()) return;
  Ref name(newStr(std::string_view(text + 1, static_cast<size_t>(n) - 2)));
  Value known = name ? dictGet(p->entity, name) : Value();
  if (known) return handleText(p, newRef(known));
  if (errorSet()) return;
  Ref words(formatText("undefined entity &%U;", name.get()));
  if (!words) return;
  Utf8 message(words);
  raiseParseError(XML_ERROR_UNDEFINED_ENTITY, XML_GetErrorLineNumber(p->parser), XML_GetErrorColumnNumber(p->parser), message.data());
}
void startNamespace(void* data, const char* prefix, const char* uri) {
  auto* p = self_(data);
  auto* b = builderOf(p);
  if (errorSet() || (!b && !p->handlers[kStartNamespace])) return;
  Ref first(newStr(prefix ? prefix : "")), second(newStr(uri ? uri : ""));
  if (!b) return callTarget(p, kStartNamespace, first.release(), second.release());
  Ref pair(first && second ? newTuple({first, second}) : Value());
  if (pair) builderReport(b, Event::StartNamespace, pair);
}
void endNamespace(void* data, const char* prefix) {
  auto* p = self_(data);
  if (errorSet()) return;
  if (auto* b = builderOf(p)) builderReport(b, Event::EndNamespace, none());
  else if (p->handlers[kEndNamespace]) callTarget(p, kEndNamespace, newStr(prefix ? prefix : ""));
}
void comment(void* data, const char* words) {
  auto* p = self_(data);
  auto* b = builderOf(p);
  if (errorSet() || (!b && !p->handlers[kComment])) return;
  Ref text(newStr(words));
  if (!b) return callTarget(p, kComment, text.release());
  if (text) drop(builderComment(b, text));
}
void instruction(void* data, const char* target, const char* words) {
  auto* p = self_(data);
  auto* b = builderOf(p);
  if (errorSet() || (!b && !p->handlers[kInstruction])) return;
  Ref name(newStr(target)), text(words ? newStr(words) : newRef(none()));
  if (!b) return callTarget(p, kInstruction, name.release(), text.release());
  if (name && text) drop(builderInstruction(b, name, text));
}
void startDoctype(void* data, const char* name, const char* system, const char* publicId, int) {
  auto* p = self_(data);
  if (errorSet()) return;
  if (p->handlers[kDoctype]) return callTarget(p, kDoctype, universalName(p, name), textOf(publicId), textOf(system));
  // An older way: a method of the parser itself.
  Ref method(internStr(kTargetNames[kDoctype]));
  Ref old(method ? getAttrOptional(Value(&p->header), method) : Value());
  if (old)
    warn(RuntimeWarningType, 1, "The doctype() method of XMLParser is ignored.  Define doctype() method on the TreeBuilder target.");
}

// ---- the object ----------------------------------------------------------------------------------

Value construct(Type* t, const Args&) {
  Value made = allocateOf(t, 0);
  if (!made) return made;
  new (&asParser(made)->names) TextTable;
  gcTrack(made.object());
  return made;
}

int32_t findHandlers(ParserObject* p) {
  for (size_t i = 0; i < kTargetCount; ++i) {
    Ref name(internStr(kTargetNames[i]));
    Ref handler(name ? getAttrOptional(p->target, name) : Value());
    if (errorSet()) return -1;
    assign(p->handlers[i], handler.release());
  }
  return 0;
}
void installHandlers(ParserObject* p) {
  XML_Parser x = p->parser;
  XML_SetUserData(x, p);
  if (p->handlers[kStartNamespace] || p->handlers[kEndNamespace]) XML_SetNamespaceDeclHandler(x, startNamespace, endNamespace);
  XML_SetElementHandler(x, startElement, endElement);
  XML_SetDefaultHandlerExpand(x, otherText);
  XML_SetCharacterDataHandler(x, characterData);
  if (p->handlers[kComment]) XML_SetCommentHandler(x, comment);
  if (p->handlers[kInstruction]) XML_SetProcessingInstructionHandler(x, instruction);
  XML_SetStartDoctypeDeclHandler(x, startDoctype);
}

int32_t init(Value self, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("XMLParser", "(*, target=None, encoding=None)", args, argv, 2, holder) < 0) return -1;
  if (argv[1] && !isNone(argv[1]) && !isStr(argv[1]))
    return fail(TypeErrorType, "XMLParser() argument 'encoding' must be str or None, not %.50T", argv[1]);
  Utf8Argument encoding(argv[1] && !isNone(argv[1]) ? argv[1] : Value());
  if (!encoding.ok()) return -1;
  auto* p = asParser(self);
  assign(p->entity, newDict());
  p->names.clear();
  assign(p->target, argv[0] && !isNone(argv[0]) ? newRef(argv[0]) : call(asValue(&treeBuilderType)));
  if (!p->entity || !p->target || findHandlers(p) < 0) return -1;
  XML_Parser parser = expat::createParser(encoding.text(), "}");
  if (!parser) return -1;
  if (p->parser) XML_ParserFree(p->parser);
  p->parser = parser;
  installHandlers(p);
  return 0;
}

void clearParts(Object* o) {
  auto* p = reinterpret_cast<ParserObject*>(o);
  if (XML_Parser parser = p->parser) {
    p->parser = nullptr;
    XML_ParserFree(parser);
  }
  clearWords<ParserObject::kOwned>(o);
}
void dealloc(Object* o) {
  gcUntrack(o);
  clearParts(o);
  asParser(Value(o))->names.clear();
  freeObject(o);
}

// ---- methods -------------------------------------------------------------------------------------

bool checkReady(ParserObject* p) {
  if (!p->parser || !p->target) raise(ValueErrorType, "XMLParser.__init__() wasn't called");
  return !errorSet();
}

/// None, or null with an error.
Value parse(ParserObject* p, const uint8_t* text, int64_t n, bool final) {
  const char* at = reinterpret_cast<const char*>(text);
  XML_Status status = XML_STATUS_OK;
  do {
    const int64_t chunk = std::min<int64_t>(n, INT_MAX);
    n -= chunk;
    status = XML_Parse(p->parser, at, static_cast<int>(chunk), final && !n);
    at += chunk;
  } while (n && status == XML_STATUS_OK && !errorSet());
  if (errorSet()) return Value();
  if (status == XML_STATUS_OK) return newRef(none());
  return raiseParseError(XML_GetErrorCode(p->parser), XML_GetErrorLineNumber(p->parser), XML_GetErrorColumnNumber(p->parser), nullptr);
}

/// str as UTF-8, whatever the document says, anything else by its bytes.
Value parseObject(ParserObject* p, Value text, const char* errors) {
  Ref encoded;
  if (isStr(text)) {
    encoded.reset(encodeUtf8(text, errors));
    if (!encoded) return Value();
    XML_SetEncoding(p->parser, "utf-8");
  }
  HeldBuffer bytes;
  return bytes.get(encoded ? encoded.get() : text) ? parse(p, bytes.data(), bytes.size(), false) : Value();
}

Value feedMethod(Value self, Value text) { return checkReady(asParser(self)) ? parseObject(asParser(self), text, nullptr) : Value(); }

Value closeMethod(Value self) {
  auto* p = asParser(self);
  if (!checkReady(p)) return Value();
  Ref done(parse(p, nullptr, 0, true));
  if (!done) return Value();
  if (auto* b = builderOf(p)) return builderClose(b);
  Ref handler(xnewRef(p->handlers[kClose]));
  return handler ? call(handler) : done.release();
}

Value parseWholeMethod(Value self, Value file) {
  auto* p = asParser(self);
  if (!checkReady(p)) return Value();
  Ref read(getAttr(file, NAME(read)));
  if (!read) return Value();
  for (;;) {
    Ref piece(call(read, {Value::ofSmallInt(64 * 1024)}));
    if (!piece) return Value();
    if (isStr(piece) ? asStr(piece)->length == 0 : !isExactBytes(piece) || bytesView(piece).empty()) break;
    Ref done(parseObject(p, piece, "surrogatepass"));
    if (!done) return Value();
  }
  Ref done(parse(p, nullptr, 0, true));
  if (!done) return Value();
  auto* b = builderOf(p);
  return b ? builderClose(b) : newRef(none());
}

/// expat reports what is asked for only then.
void installFor(ParserObject* p, Event event) {
  if (event == Event::StartNamespace || event == Event::EndNamespace) XML_SetNamespaceDeclHandler(p->parser, startNamespace, endNamespace);
  if (event == Event::Comment) XML_SetCommentHandler(p->parser, comment);
  if (event == Event::Instruction) XML_SetProcessingInstructionHandler(p->parser, instruction);
}

Value setEventsMethod(Value self, const Value* argv) {
  auto* p = asParser(self);
  if (!checkReady(p)) return Value();
  auto* b = builderOf(p);
  if (!b) return raise(TypeErrorType, "event handling only supported for ElementTree.TreeBuilder targets");
  Ref append(getAttr(argv[0], NAME(append)));
  if (!append) return Value();
  assign(b->report, append.release());
  for (Value& name : b->events) clear(name);
  if (!argv[1] || isNone(argv[1])) {
    b->events[static_cast<size_t>(Event::End)] = newStr("end");
    return newRef(none());
  }
  Ref wanted(toFast(argv[1], "events must be a sequence"));
  if (!wanted) return Value();
  Items items(wanted);
  for (;;) {
    Ref given(items.next());
    if (!given) return errorSet() ? Value() : newRef(none());
    Ref name(isStr(given) ? given.release() : isBytes(given) ? decodeObject(given, "utf-8", nullptr) : Value());
    if (!name) return errorSet() ? Value() : raise(ValueErrorType, "invalid events sequence");
    const Event event = eventNamed(name);
    if (event == Event::Count) return raise(ValueErrorType, "unknown event '%U'", name.get());
    assign(b->events[static_cast<size_t>(event)], name.release());
    installFor(p, event);
  }
}

Value getVersion(Value, void*) {
  const XML_Expat_Version v = XML_ExpatVersionInfo();
  return formatText("Expat %d.%d.%d", v.major, v.minor, v.micro);
}

constinit const MethodDef methods[] = {
    {"feed", feedMethod, "($self, data, /)"},
    {"close", closeMethod, "($self, /)"},
    {"_parse_whole", parseWholeMethod, "($self, file, /)"},
    {"_setevents", setEventsMethod, "($self, events_queue, events_to_report=None, /)"},
    {},
};
constinit const MemberDef members[] = {
    {"entity", MemberKind::ObjectNone, offsetof(ParserObject, entity)},
    {"target", MemberKind::ObjectNone, offsetof(ParserObject, target)},
    {},
};
constinit const GetSetDef getset[] = {{"version", getVersion}, {}};

} // namespace

constinit Type xmlParserType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "xml.etree.ElementTree.XMLParser",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &xmlParserType, .size = sizeof(ParserObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverseWords<ParserObject::kOwned>,
    .clear = clearParts,
    .init = init,
    .construct = construct,
    .methods = methods,
    .getset = getset,
    .members = members,
};

} // namespace krait::elementtree
