// From expat's callbacks to the Python handlers.
//
// Every callback first flushes collected character data, so that handlers are called in document order. An error in
// a handler takes all handlers away and makes expat stop; Parse() reports it.
#include <cstring>
#include <utility>

#include "runtime/memory/alloc.h"
#include "runtime/modules/expat/parser.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::expat {

Value textOf(const XML_Char* s) { return s ? newStr(s) : newRef(none()); }

namespace {

ParserObject* self_(void* data) { return static_cast<ParserObject*>(data); }

Value textOfSize(const XML_Char* s, int n) { return newStr(std::string_view(s, static_cast<size_t>(n))); }

/// A name, the same object every time if the parser interns.
Value nameOf(ParserObject* p, const XML_Char* s) {
  Ref name(textOf(s));
  if (!name || !p->intern) return name.release();
  return xnewRef(dictSetDefault(p->intern, name, name));
}

bool ready(ParserObject* p, HandlerIndex h) { return p->handlers[h] && !errorSet() && flushText(p) == 0; }

/// Calls a handler with owned arguments, of which any may be null with an error. Null: an error, and parsing stops.
template <class... Owned> Ref callHandler(ParserObject* p, HandlerIndex h, Owned... owned) {
  Ref held[] = {Ref(owned)..., Ref()};
  Value args[sizeof...(owned) + 1];
  bool complete = !errorSet();
  for (size_t i = 0; i < sizeof...(owned); ++i) complete = complete && (args[i] = held[i]);
  Ref result;
  if (complete) {
    Ref f = Ref::share(p->handlers[h]);
    const bool outer = p->inCallback;
    p->inCallback = true;
    result.reset(call(f, Args{args, sizeof...(owned), Value()}));
    p->inCallback = outer;
    if (!result) XML_StopParser(p->parser, XML_FALSE);
  }
  if (!result) stopParsing(p);
  return result;
}

/// The answer of a handler that says whether to go on.
int intAnswer(ParserObject* p, Ref answer) {
  if (!answer) return 0;
  const int64_t n = toInt64(answer);
  if (n == -1 && errorSet()) return stopParsing(p), 0;
  return static_cast<int>(n);
}

Value attributesOf(ParserObject* p, const XML_Char** attributes) {
  int n = 0;
  if (p->specifiedAttributes) n = XML_GetSpecifiedAttributeCount(p->parser);
  else while (attributes[n]) n += 2;
  Ref all(p->orderedAttributes ? newList(0) : newDict());
  for (int i = 0; all && i < n; i += 2) {
    Ref name(nameOf(p, attributes[i])), value(textOf(attributes[i + 1]));
    if (!name || !value) return Value();
    if (p->orderedAttributes ? listAppend(all, name) < 0 || listAppend(all, value) < 0 : dictSet(all, name, value) < 0)
      return Value();
  }
  return all.release();
}

Value modelOf(ParserObject* p, const XML_Content* model);

/// (type, quantifier, name, children)
Value modelTuple(ParserObject* p, const XML_Content* model) {
  Ref children(model->numchildren ? newTuple(static_cast<int64_t>(model->numchildren)) : emptyTuple());
  for (unsigned i = 0; children && i < model->numchildren; ++i) {
    Value child = modelOf(p, &model->children[i]);
    if (!child) return Value();
    asTuple(children)->items[i] = child;
  }
  Ref type(newInt(model->type)), quantifier(newInt(model->quant)), name(textOf(model->name));
  return children && name ? newTuple({type, quantifier, name, children}) : Value();
}

/// The same, to the depth that recursion may have.
Value modelOf(ParserObject* p, const XML_Content* model) {
  if (recursionEnter(" in conv_content_model") < 0) return Value();
  Ref made(modelTuple(p, model));
  recursionLeave();
  return made.release();
}

// ---- callbacks ---------------------------------------------------------------------------------

void startElement(void* data, const XML_Char* name, const XML_Char** attributes) {
  auto* p = self_(data);
  if (!ready(p, kStartElement)) return;
  Value values = attributesOf(p, attributes);
  callHandler(p, kStartElement, values ? nameOf(p, name) : Value(), values);
}
void endElement(void* data, const XML_Char* name) {
  auto* p = self_(data);
  if (ready(p, kEndElement)) callHandler(p, kEndElement, nameOf(p, name));
}
void processingInstruction(void* data, const XML_Char* target, const XML_Char* text) {
  auto* p = self_(data);
  if (ready(p, kProcessingInstruction)) callHandler(p, kProcessingInstruction, nameOf(p, target), textOf(text));
}
void callWithText(ParserObject* p, const XML_Char* text, int n) {
  if (p->handlers[kCharacterData]) callHandler(p, kCharacterData, textOfSize(text, n));
}
void characterData(void* data, const XML_Char* text, int n) {
  auto* p = self_(data);
  if (errorSet()) return;
  if (!p->buffer) return callWithText(p, text, n);
  if (p->bufferUsed + n > p->bufferSize) {
    if (flushText(p) < 0 || !p->handlers[kCharacterData]) return;
  }
  if (n > p->bufferSize) {
    callWithText(p, text, n);
    p->bufferUsed = 0;
    return;
  }
  memcpy(p->buffer + p->bufferUsed, text, static_cast<size_t>(n));
  p->bufferUsed += n;
}
void unparsedEntityDecl(void* data, const XML_Char* name, const XML_Char* base, const XML_Char* systemId,
                        const XML_Char* publicId, const XML_Char* notation) {
  auto* p = self_(data);
  if (ready(p, kUnparsedEntityDecl))
    callHandler(p, kUnparsedEntityDecl, nameOf(p, name), nameOf(p, base), nameOf(p, systemId), nameOf(p, publicId),
                nameOf(p, notation));
}
void notationDecl(void* data, const XML_Char* name, const XML_Char* base, const XML_Char* systemId, const XML_Char* publicId) {
  auto* p = self_(data);
  if (ready(p, kNotationDecl))
    callHandler(p, kNotationDecl, nameOf(p, name), nameOf(p, base), nameOf(p, systemId), nameOf(p, publicId));
}
void startNamespaceDecl(void* data, const XML_Char* prefix, const XML_Char* uri) {
  auto* p = self_(data);
  if (ready(p, kStartNamespaceDecl)) callHandler(p, kStartNamespaceDecl, nameOf(p, prefix), nameOf(p, uri));
}
void endNamespaceDecl(void* data, const XML_Char* prefix) {
  auto* p = self_(data);
  if (ready(p, kEndNamespaceDecl)) callHandler(p, kEndNamespaceDecl, nameOf(p, prefix));
}
void comment(void* data, const XML_Char* text) {
  auto* p = self_(data);
  if (ready(p, kComment)) callHandler(p, kComment, textOf(text));
}
void startCdataSection(void* data) {
  auto* p = self_(data);
  if (ready(p, kStartCdataSection)) callHandler(p, kStartCdataSection);
}
void endCdataSection(void* data) {
  auto* p = self_(data);
  if (ready(p, kEndCdataSection)) callHandler(p, kEndCdataSection);
}
template <HandlerIndex kHandler> void defaultText(void* data, const XML_Char* text, int n) {
  auto* p = self_(data);
  if (ready(p, kHandler)) callHandler(p, kHandler, textOfSize(text, n));
}
int notStandalone(void* data) {
  auto* p = self_(data);
  return ready(p, kNotStandalone) ? intAnswer(p, callHandler(p, kNotStandalone)) : 0;
}
int externalEntityRef(XML_Parser parser, const XML_Char* context, const XML_Char* base, const XML_Char* systemId,
                      const XML_Char* publicId) {
  auto* p = self_(XML_GetUserData(parser));
  if (!ready(p, kExternalEntityRef)) return 0;
  return intAnswer(p, callHandler(p, kExternalEntityRef, textOf(context), nameOf(p, base), nameOf(p, systemId),
                                  nameOf(p, publicId)));
}
void startDoctypeDecl(void* data, const XML_Char* name, const XML_Char* systemId, const XML_Char* publicId, int internal) {
  auto* p = self_(data);
  if (ready(p, kStartDoctypeDecl))
    callHandler(p, kStartDoctypeDecl, nameOf(p, name), nameOf(p, systemId), nameOf(p, publicId), newInt(internal));
}
void endDoctypeDecl(void* data) {
  auto* p = self_(data);
  if (ready(p, kEndDoctypeDecl)) callHandler(p, kEndDoctypeDecl);
}
void entityDecl(void* data, const XML_Char* name, int isParameter, const XML_Char* value, int n, const XML_Char* base,
                const XML_Char* systemId, const XML_Char* publicId, const XML_Char* notation) {
  auto* p = self_(data);
  if (ready(p, kEntityDecl))
    callHandler(p, kEntityDecl, nameOf(p, name), newInt(isParameter), value ? textOfSize(value, n) : newRef(none()),
                nameOf(p, base), nameOf(p, systemId), nameOf(p, publicId), nameOf(p, notation));
}
void xmlDecl(void* data, const XML_Char* version, const XML_Char* encoding, int standalone) {
  auto* p = self_(data);
  if (ready(p, kXmlDecl)) callHandler(p, kXmlDecl, textOf(version), textOf(encoding), newInt(standalone));
}
void elementDecl(void* data, const XML_Char* name, XML_Content* model) {
  auto* p = self_(data);
  if (ready(p, kElementDecl)) {
    Value shape = modelOf(p, model);
    callHandler(p, kElementDecl, shape ? nameOf(p, name) : Value(), shape);
  }
  XML_FreeContentModel(p->parser, model);
}
void attlistDecl(void* data, const XML_Char* element, const XML_Char* attribute, const XML_Char* type,
                 const XML_Char* fallback, int required) {
  auto* p = self_(data);
  if (ready(p, kAttlistDecl))
    callHandler(p, kAttlistDecl, nameOf(p, element), nameOf(p, attribute), textOf(type), textOf(fallback),
                newInt(required));
}
void skippedEntity(void* data, const XML_Char* name, int isParameter) {
  auto* p = self_(data);
  if (ready(p, kSkippedEntity)) callHandler(p, kSkippedEntity, nameOf(p, name), newInt(isParameter));
}
int refuseExternalEntity(XML_Parser, const XML_Char*, const XML_Char*, const XML_Char*, const XML_Char*) { return 0; }
void ignoreText(void*, const XML_Char*, int) {}

// ---- which handlers expat knows ----------------------------------------------------------------

/// Sets or clears expat's callback of one handler.
void install(XML_Parser x, int handler, bool on) {
  switch (handler) {
  case kStartElement: return XML_SetStartElementHandler(x, on ? startElement : nullptr);
  case kEndElement: return XML_SetEndElementHandler(x, on ? endElement : nullptr);
  case kProcessingInstruction: return XML_SetProcessingInstructionHandler(x, on ? processingInstruction : nullptr);
  case kCharacterData: return XML_SetCharacterDataHandler(x, on ? characterData : nullptr);
  case kUnparsedEntityDecl: return XML_SetUnparsedEntityDeclHandler(x, on ? unparsedEntityDecl : nullptr);
  case kNotationDecl: return XML_SetNotationDeclHandler(x, on ? notationDecl : nullptr);
  case kStartNamespaceDecl: return XML_SetStartNamespaceDeclHandler(x, on ? startNamespaceDecl : nullptr);
  case kEndNamespaceDecl: return XML_SetEndNamespaceDeclHandler(x, on ? endNamespaceDecl : nullptr);
  case kComment: return XML_SetCommentHandler(x, on ? comment : nullptr);
  case kStartCdataSection: return XML_SetStartCdataSectionHandler(x, on ? startCdataSection : nullptr);
  case kEndCdataSection: return XML_SetEndCdataSectionHandler(x, on ? endCdataSection : nullptr);
  case kDefault: return XML_SetDefaultHandler(x, on ? defaultText<kDefault> : nullptr);
  case kDefaultExpand: return XML_SetDefaultHandlerExpand(x, on ? defaultText<kDefaultExpand> : nullptr);
  case kNotStandalone: return XML_SetNotStandaloneHandler(x, on ? notStandalone : nullptr);
  case kExternalEntityRef: return XML_SetExternalEntityRefHandler(x, on ? externalEntityRef : nullptr);
  case kStartDoctypeDecl: return XML_SetStartDoctypeDeclHandler(x, on ? startDoctypeDecl : nullptr);
  case kEndDoctypeDecl: return XML_SetEndDoctypeDeclHandler(x, on ? endDoctypeDecl : nullptr);
  case kEntityDecl: return XML_SetEntityDeclHandler(x, on ? entityDecl : nullptr);
  case kXmlDecl: return XML_SetXmlDeclHandler(x, on ? xmlDecl : nullptr);
  case kElementDecl: return XML_SetElementDeclHandler(x, on ? elementDecl : nullptr);
  case kAttlistDecl: return XML_SetAttlistDeclHandler(x, on ? attlistDecl : nullptr);
  case kSkippedEntity: return XML_SetSkippedEntityHandler(x, on ? skippedEntity : nullptr);
  default: return;
  }
}

void* closureOf(int handler) { return reinterpret_cast<void*>(static_cast<intptr_t>(handler)); }
int handlerOf(void* closure) { return static_cast<int>(reinterpret_cast<intptr_t>(closure)); }

Value getHandler(Value self, void* closure) {
  Value f = self.as<ParserObject>()->handlers[handlerOf(closure)];
  return newRef(f ? f : none());
}
int32_t setHandler(Value self, Value v, void* closure) {
  auto* p = self.as<ParserObject>();
  const int h = handlerOf(closure);
  if (!v) return fail(RuntimeErrorType, "Cannot delete attribute");
  // What was collected belongs to the handler that goes.
  if (h == kCharacterData && flushText(p) < 0) return -1;
  assign(p->handlers[h], isNone(v) ? Value() : newRef(v));
  install(p->parser, h, !isNone(v));
  // expat goes on with the character data of the current token: it must have somebody to call.
  if (h == kCharacterData && isNone(v) && p->inCallback) XML_SetCharacterDataHandler(p->parser, ignoreText);
  return 0;
}

} // namespace

int32_t flushText(ParserObject* p) {
  if (!p->buffer || !p->bufferUsed) return 0;
  const int n = std::exchange(p->bufferUsed, 0);
  callWithText(p, p->buffer, n);
  return errorSet() ? -1 : 0;
}

void dropHandlers(ParserObject* p) {
  for (int h = 0; h < kHandlerCount; ++h) {
    if (p->parser) install(p->parser, h, false);
    clear(p->handlers[h]);
  }
}

void stopParsing(ParserObject* p) {
  dropHandlers(p);
  XML_SetExternalEntityRefHandler(p->parser, refuseExternalEntity);
}

void installHandlers(ParserObject* p) {
  for (int h = 0; h < kHandlerCount; ++h)
    if (p->handlers[h]) install(p->parser, h, true);
}

#define HANDLER(name) {#name "Handler", getHandler, setHandler, closureOf(k##name)}
const GetSetDef handlerAttributes[] = {
    HANDLER(StartElement), HANDLER(EndElement), HANDLER(ProcessingInstruction), HANDLER(CharacterData),
    HANDLER(UnparsedEntityDecl), HANDLER(NotationDecl), HANDLER(StartNamespaceDecl), HANDLER(EndNamespaceDecl),
    HANDLER(Comment), HANDLER(StartCdataSection), HANDLER(EndCdataSection), HANDLER(Default), {"DefaultHandlerExpand", getHandler, setHandler, closureOf(kDefaultExpand)},
    HANDLER(NotStandalone), HANDLER(ExternalEntityRef), HANDLER(StartDoctypeDecl), HANDLER(EndDoctypeDecl),
    HANDLER(EntityDecl), HANDLER(XmlDecl), HANDLER(ElementDecl), HANDLER(AttlistDecl), HANDLER(SkippedEntity), {},
};
#undef HANDLER

} // namespace krait::expat
