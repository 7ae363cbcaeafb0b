// The type pyexpat.xmlparser: feeding expat, its settings and positions.
#include "runtime/modules/expat/parser.h"

#include <algorithm>
#include <climits>
#include <cstring>
#include <iterator>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codec.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::expat {

namespace {

constexpr int kTextBufferSize = 8192, kFileChunk = 2048;
constexpr int64_t kMaxChunk = 1 << 20;

ParserObject* self_(Value v) { return v.as<ParserObject>(); }

/// ExpatError with the parser's position. Always null.
Value raiseParserError(ParserObject* p, XML_Error code) {
  const auto line = static_cast<int64_t>(XML_GetErrorLineNumber(p->parser));
  const auto column = static_cast<int64_t>(XML_GetErrorColumnNumber(p->parser));
  Ref text(formatText("%s: line %lld, column %lld", XML_ErrorString(code), static_cast<long long>(line), static_cast<long long>(column)));
  Ref e(text ? call(asValue(expatError), {text}) : Value());
  if (!e) return Value();
  Ref number(newInt(code)), offset(newInt(column)), row(newInt(line));
  if (setAttr(e, "code", number) < 0 || setAttr(e, "offset", offset) < 0 || setAttr(e, "lineno", row) < 0) return Value();
  return raiseInstance(e.release());
}

Value parseResult(ParserObject* p, int status) {
  if (errorSet()) return Value();
  if (status == XML_STATUS_ERROR) return raiseParserError(p, XML_GetErrorCode(p->parser));
  return flushText(p) < 0 ? Value() : newInt(status);
}

Value parseMethod(Value self, const Value* argv) {
  auto* p = self_(self);
  bool final = false;
  if (!flagArgument(argv[1], &final)) return Value();
  Ref encoded;
  if (isStr(argv[0])) {
    encoded.reset(encodeStr(argv[0], "utf-8", nullptr));
    if (!encoded) return Value();
    XML_SetEncoding(p->parser, "utf-8");
  }
  HeldBuffer data;
  if (!data.get(encoded ? encoded.get() : argv[0])) return Value();
  const char* at = reinterpret_cast<const char*>(data.data());
  int64_t left = data.size();
  int status = XML_STATUS_OK;
  for (; left > kMaxChunk && status != XML_STATUS_ERROR && !errorSet(); left -= kMaxChunk, at += kMaxChunk)
    status = XML_Parse(p->parser, at, kMaxChunk, 0);
  if (status != XML_STATUS_ERROR && !errorSet()) status = XML_Parse(p->parser, at, static_cast<int>(left), final);
  return parseResult(p, status);
}

/// One read(): its size, or -1 with an error.
int64_t readInto(Value read, char* out) {
  Ref got(call(read, {Value::ofSmallInt(kFileChunk)}));
  if (!got) return -1;
  if (!isBytes(got) && !isByteArray(got))
    return fail(TypeErrorType, "read() did not return a bytes object (type=%.400T)", got.get());
  HeldBuffer data;
  if (!data.get(got)) return -1;
  if (data.size() > kFileChunk)
    return fail(ValueErrorType, "read() returned too much data: %d bytes requested, %zd returned", kFileChunk,
                static_cast<size_t>(data.size()));
  memcpy(out, data.data(), static_cast<size_t>(data.size()));
  return data.size();
}

Value parseFileMethod(Value self, Value file) {
  auto* p = self_(self);
  Ref read(getAttrOptional(file, NAME(read)));
  if (!read) return errorSet() ? Value() : raise(TypeErrorType, "argument must have 'read' attribute");
  int status = XML_STATUS_OK;
  for (int64_t n = 1; n && status != XML_STATUS_ERROR && !errorSet();) {
    auto* space = static_cast<char*>(XML_GetBuffer(p->parser, kFileChunk));
    if (!space) return parseResult(p, XML_STATUS_ERROR);
    n = readInto(read, space);
    if (n < 0) return Value();
    status = XML_ParseBuffer(p->parser, static_cast<int>(n), n == 0);
  }
  return parseResult(p, status);
}

Value setBaseMethod(Value self, Value base) {
  if (!isStr(base)) return raise(TypeErrorType, "SetBase() argument must be str, not %.50G", base);
  Utf8 text(base);
  if (!text.ok()) return Value();
  return XML_SetBase(self_(self)->parser, text.data()) ? newRef(none()) : raiseNoMemory();
}
Value getBaseMethod(Value self) { return textOf(XML_GetBase(self_(self)->parser)); }

Value getInputContextMethod(Value self) {
  auto* p = self_(self);
  if (!p->inCallback) return newRef(none());
  int offset, size;
  const char* text = XML_GetInputContext(p->parser, &offset, &size);
  return text ? newBytes(text + offset, static_cast<size_t>(size - offset)) : newRef(none());
}

Value setParamEntityParsingMethod(Value self, Value flag) {
  int n = 0;
  if (!intArgument(flag, &n)) return Value();
  return newInt(XML_SetParamEntityParsing(self_(self)->parser, static_cast<XML_ParamEntityParsing>(n)));
}

Value useForeignDtdMethod(Value self, const Value* argv) {
  int32_t flag = argv[0] ? isTrue(argv[0]) : 1;
  if (flag < 0) return Value();
  XML_Error code = XML_UseForeignDTD(self_(self)->parser, flag ? XML_TRUE : XML_FALSE);
  return code == XML_ERROR_NONE ? newRef(none()) : raiseParserError(self_(self), code);
}

Value parserForEntity(Value self, const Value* argv) {
  auto* p = self_(self);
  if (!isNone(argv[0]) && !isStr(argv[0]))
    return raise(TypeErrorType, "ExternalEntityParserCreate() argument 1 must be str or None, not %.50G", argv[0]);
  if (argv[1] && !isStr(argv[1]))
    return raise(TypeErrorType, "ExternalEntityParserCreate() argument 2 must be str, not %.50G", argv[1]);
  Ref contextText = isNone(argv[0]) ? Ref() : Ref::share(argv[0]);
  Utf8 context(contextText ? contextText.get() : emptyStr()), encoding(argv[1] ? argv[1] : emptyStr());
  if (!context.ok() || !encoding.ok()) return Value();
  Ref made(newObject(&parserType.instanceLayout));
  if (!made) return Value();
  auto* child = self_(made);
  child->bufferSize = p->bufferSize;
  child->orderedAttributes = p->orderedAttributes;
  child->specifiedAttributes = p->specifiedAttributes;
  child->namespacePrefixes = p->namespacePrefixes;
  child->intern = xnewRef(p->intern);
  child->parser = XML_ExternalEntityParserCreate(p->parser, contextText ? context.data() : nullptr, argv[1] ? encoding.data() : nullptr);
  if (p->buffer) child->buffer = static_cast<char*>(allocate(static_cast<size_t>(p->bufferSize)));
  gcTrack(made.get().object());
  if (!child->parser || (p->buffer && !child->buffer)) return raiseNoMemory();
  XML_SetUserData(child->parser, child);
  for (int h = 0; h < kHandlerCount; ++h) child->handlers[h] = xnewRef(p->handlers[h]);
  installHandlers(child);
  return made.release();
}

// ---- attributes --------------------------------------------------------------------------------

enum Setting : intptr_t { kOrdered, kSpecified, kPrefixes };
bool& settingOf(ParserObject* p, void* closure) {
  const auto which = reinterpret_cast<intptr_t>(closure);
  return which == kOrdered ? p->orderedAttributes : which == kSpecified ? p->specifiedAttributes : p->namespacePrefixes;
}
Value getSetting(Value self, void* closure) { return boolean(settingOf(self_(self), closure)); }
int32_t setSetting(Value self, Value v, void* closure) {
  if (!v) return fail(RuntimeErrorType, "Cannot delete attribute");
  const int32_t on = isTrue(v);
  if (on < 0) return -1;
  settingOf(self_(self), closure) = on;
  if (reinterpret_cast<intptr_t>(closure) == kPrefixes) XML_SetReturnNSTriplet(self_(self)->parser, on);
  return 0;
}
Value getBufferText(Value self, void*) { return boolean(self_(self)->buffer != nullptr); }
int32_t setBufferText(Value self, Value v, void*) {
  auto* p = self_(self);
  if (!v) return fail(RuntimeErrorType, "Cannot delete attribute");
  const int32_t on = isTrue(v);
  if (on < 0) return -1;
  if (on && !p->buffer) {
    p->buffer = static_cast<char*>(allocate(static_cast<size_t>(p->bufferSize)));
    p->bufferUsed = 0;
    return p->buffer ? 0 : -1;
  }
  if (!on && p->buffer) {
    if (flushText(p) < 0) return -1;
    deallocate(p->buffer);
    p->buffer = nullptr;
  }
  return 0;
}
Value getBufferSize(Value self, void*) { return newInt(self_(self)->bufferSize); }
int32_t setBufferSize(Value self, Value v, void*) {
  auto* p = self_(self);
  if (!v) return fail(RuntimeErrorType, "Cannot delete attribute");
  if (!isInt(v)) return fail(TypeErrorType, "buffer_size must be an integer");
  const int64_t size = toInt64(v);
  if (size == -1 && errorSet()) return -1;
  if (size == p->bufferSize) return 0;
  if (size <= 0) return fail(ValueErrorType, "buffer_size must be greater than zero");
  if (size > INT_MAX) return fail(ValueErrorType, "buffer_size must not be greater than %d", INT_MAX);
  if (p->buffer) {
    if (flushText(p) < 0) return -1;
    auto* grown = static_cast<char*>(reallocate(p->buffer, static_cast<size_t>(size)));
    if (!grown) return -1;
    p->buffer = grown;
  }
  p->bufferSize = static_cast<int>(size);
  return 0;
}
Value getBufferUsed(Value self, void*) { return newInt(self_(self)->bufferUsed); }
Value getErrorCode(Value self, void*) { return newInt(XML_GetErrorCode(self_(self)->parser)); }
Value getLine(Value self, void*) { return newInt(static_cast<int64_t>(XML_GetCurrentLineNumber(self_(self)->parser))); }
Value getColumn(Value self, void*) { return newInt(static_cast<int64_t>(XML_GetCurrentColumnNumber(self_(self)->parser))); }
Value getByteIndex(Value self, void*) { return newInt(XML_GetCurrentByteIndex(self_(self)->parser)); }

constexpr MethodDef methods[] = {
    {"Parse", parseMethod, "($self, data, isfinal=False, /)"},
    {"ParseFile", parseFileMethod, "($self, file, /)"},
    {"SetBase", setBaseMethod, "($self, base, /)"},
    {"GetBase", getBaseMethod, "($self, /)"},
    {"GetInputContext", getInputContextMethod, "($self, /)"},
    {"ExternalEntityParserCreate", parserForEntity, "($self, context, encoding=<unrepresentable>, /)"},
    {"SetParamEntityParsing", setParamEntityParsingMethod, "($self, flag, /)"},
    {"UseForeignDTD", useForeignDtdMethod, "($self, flag=True, /)"},
    {},
};
void* settingClosure(Setting s) { return reinterpret_cast<void*>(static_cast<intptr_t>(s)); }
const GetSetDef settings[] = {
    {"ErrorCode", getErrorCode}, {"ErrorLineNumber", getLine}, {"ErrorColumnNumber", getColumn},
    {"ErrorByteIndex", getByteIndex}, {"CurrentLineNumber", getLine}, {"CurrentColumnNumber", getColumn},
    {"CurrentByteIndex", getByteIndex}, {"buffer_text", getBufferText, setBufferText},
    {"buffer_size", getBufferSize, setBufferSize}, {"buffer_used", getBufferUsed},
    {"ordered_attributes", getSetting, setSetting, settingClosure(kOrdered)},
    {"specified_attributes", getSetting, setSetting, settingClosure(kSpecified)},
    {"namespace_prefixes", getSetting, setSetting, settingClosure(kPrefixes)}, {},
};
constexpr MemberDef members[] = {{"intern", MemberKind::ObjectNone, offsetof(ParserObject, intern)}, {}};

// ---- life --------------------------------------------------------------------------------------

int traverse(Object* o, Visit visit, void* context) {
  auto* p = reinterpret_cast<ParserObject*>(o);
  for (Value f : p->handlers)
    if (int stop = visit(f, context)) return stop;
  return visit(p->intern, context);
}
void clearParts(Object* o) {
  auto* p = reinterpret_cast<ParserObject*>(o);
  dropHandlers(p);
  clear(p->intern);
}
void dealloc(Object* o) {
  gcUntrack(o);
  clearParts(o);
  auto* p = reinterpret_cast<ParserObject*>(o);
  if (p->parser) XML_ParserFree(p->parser);
  deallocate(p->buffer);
  freeObject(o);
}

/// Encodings that expat does not know: one byte per character, by the codec of that name.
int unknownEncoding(void*, const XML_Char* name, XML_Encoding* info) {
  if (errorSet()) return XML_STATUS_ERROR;
  uint8_t all[256];
  for (int i = 0; i < 256; ++i) all[i] = static_cast<uint8_t>(i);
  Ref text(decodeBytes(all, sizeof all, name, "replace"));
  if (!text) return XML_STATUS_ERROR;
  if (asStr(text)->length != 256) {
    raise(ValueErrorType, "multi-byte encodings are not supported");
    return XML_STATUS_ERROR;
  }
  for (int i = 0; i < 256; ++i) {
    const uint32_t c = asStr(text)->at(i);
    info->map[i] = c == 0xfffd ? -1 : static_cast<int>(c);
  }
  info->data = nullptr;
  info->convert = nullptr;
  info->release = nullptr;
  return XML_STATUS_OK;
}

} // namespace

constinit Type parserType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "pyexpat.xmlparser",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnModule,
    .instanceLayout = {.type = &parserType, .size = sizeof(ParserObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .methods = methods,
    .members = members,
    .doc = "XML parser",
};

XML_Parser createParser(const char* encoding, const char* separator) {
  XML_Parser parser = XML_ParserCreate_MM(encoding, nullptr, separator);
  if (!parser) return raise(RuntimeErrorType, "XML_ParserCreate failed"), nullptr;
  // Protects against collisions that a document was made for.
  Ref salt(newStr("expat"));
  XML_SetHashSalt(parser, static_cast<unsigned long>(hash(salt)) | 1);
  XML_SetUnknownEncodingHandler(parser, unknownEncoding, nullptr);
  return parser;
}

Value newParser(const char* encoding, const char* separator, Value intern) {
  if (!parserType.getset) {
    constexpr size_t kHandlers = kHandlerCount, kSettings = std::size(settings);
    static GetSetDef all[kHandlers + kSettings];
    std::copy_n(handlerAttributes, kHandlers, all);
    std::copy_n(settings, kSettings, all + kHandlers);
    parserType.getset = all;
  }
  Ref made(newObject(&parserType.instanceLayout));
  if (!made) return Value();
  auto* p = self_(made);
  p->bufferSize = kTextBufferSize;
  p->intern = xnewRef(intern);
  p->parser = createParser(encoding, separator);
  gcTrack(made.get().object());
  if (!p->parser) return Value();
  XML_SetUserData(p->parser, p);
  return made.release();
}

} // namespace krait::expat
