// pyexpat's parser object: an expat parser and the Python functions that it calls.
#pragma once
#include <expat.h>
#include "runtime/object/protocol.h"

namespace krait::expat {

/// In the order of the table of handlers.cpp.
enum HandlerIndex : int {
  kStartElement, kEndElement, kProcessingInstruction, kCharacterData, kUnparsedEntityDecl, kNotationDecl,
  kStartNamespaceDecl, kEndNamespaceDecl, kComment, kStartCdataSection, kEndCdataSection, kDefault, kDefaultExpand,
  kNotStandalone, kExternalEntityRef, kStartDoctypeDecl, kEndDoctypeDecl, kEntityDecl, kXmlDecl, kElementDecl,
  kAttlistDecl, kSkippedEntity, kHandlerCount
};

struct ParserObject {
  Object header;
  XML_Parser parser;
  char* buffer;              // text that CharacterDataHandler has not seen yet; null: it is not collected
  int bufferSize, bufferUsed;
  bool orderedAttributes, specifiedAttributes, namespacePrefixes, inCallback;
  Value intern;              // dict of the names met, or null
  Value handlers[kHandlerCount]; // null: none
};

extern Type parserType;
/// xml.parsers.expat.ExpatError, set by the module.
extern Type* expatError;

/// Hands collected text to the handler: 0, or -1 with an error. Runs code.
int32_t flushText(ParserObject* p);
/// Forgets all handlers and makes expat stop: after an error in one.
void stopParsing(ParserObject* p);
void dropHandlers(ParserObject* p);
/// Tells expat which handlers there are: for a parser of an external entity.
void installHandlers(ParserObject* p);
/// One row per handler, in that order.
extern const GetSetDef handlerAttributes[];
/// A parser of expat's with a salt of the process, which knows the codecs' one-byte encodings; encoding and separator may be
/// null. Null with an error.
XML_Parser createParser(const char* encoding, const char* separator);
/// Owned; encoding and separator may be null. `intern` is a dict or null.
Value newParser(const char* encoding, const char* separator, Value intern);

/// str of UTF-8 from expat; None for null.
Value textOf(const XML_Char* s);

} // namespace krait::expat
