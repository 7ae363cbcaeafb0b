// The registry of codecs that Python code may add to.
#include "runtime/types/codec_registry.h"
#include <cctype>
#include <cstring>
#include "runtime/exceptions/exception.h"
#include "runtime/object/protocol.h"
#include "runtime/types/codec.h"
#include "runtime/types/codec_errors.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace {

Value searchFunctions, searchCache, errorHandlers; // list, dict, dict; made at first use

/// Lower case, runs of anything but letters, digits and '.' as one '_'.
Ref normalizedName(const char* encoding) {
  StrBuilder out;
  bool gap = false, some = false;
  for (; *encoding; ++encoding) {
    const auto c = static_cast<unsigned char>(*encoding);
    if (isalnum(c) || c == '.') {
      if (gap && some) out.add('_');
      gap = false;
      some = true;
      out.add(static_cast<uint32_t>(tolower(c)));
    } else {
      gap = true;
    }
  }
  return Ref(out.take());
}

bool prepare() {
  if (searchCache) return true;
  searchFunctions = newList(0);
  searchCache = newDict();
  if (!searchFunctions || !searchCache) return false;
  Ref encodings(importModule("encodings"));
  if (!encodings && !errorClearIf(ImportErrorType)) return false;
  return true;
}

/// codec[part](object, errors)[0].
Value runCodec(Value codec, int part, Value object, const char* errors, const char* wrongResult) {
  Value function = asTuple(codec)->items[part];
  Ref errorsText(errors ? newStr(errors) : Value());
  Ref result(errors ? call(function, {object, errorsText}) : call(function, {object}));
  if (!result) return {};
  if (!isTuple(result) || asTuple(result)->size != 2) return raise(TypeErrorType, wrongResult);
  return newRef(asTuple(result)->items[0]);
}

/// As runCodec, with errors wrapped.
Value runNamedCodec(Value codec, int part, Value object, const char* encoding, const char* errors) {
  const char* wrong = part ? "decoder must return a tuple (object,integer)" : "encoder must return a tuple (object, integer)";
  Value out = runCodec(codec, part, object, errors, wrong);
  if (!out) wrapCodecError(part ? "decoding" : "encoding", encoding);
  return out;
}

} // namespace

void wrapCodecError(const char* operation, const char* encoding) {
  // Only what can be made again from one text: no class with an __init__, __new__ or state of its own.
  const Type* type = typeOf(krt_hot.raised);
  if (type->init != BaseExceptionType.init || type->construct != BaseExceptionType.construct ||
      type->instanceLayout.size != BaseExceptionType.instanceLayout.size)
    return;
  Ref cause = errorTake();
  ExceptionObject* e = asException(cause);
  const TupleObject* args = asTuple(e->args);
  const bool simple = args->size == 0 || (args->size == 1 && isStr(args->items[0]));
  if (!simple || (e->dict && isDict(e->dict) && dictSize(e->dict))) return errorRestore(cause.release());
  raise(*type, "%s with '%s' codec failed (%s: %S)", operation, encoding, type->name, cause.get());
  assign(asException(krt_hot.raised)->cause, cause.release());
  asException(krt_hot.raised)->suppressContext = true;
}

int32_t registerCodecSearch(Value function) {
  if (!isCallable(function)) return fail(TypeErrorType, "argument must be callable");
  return prepare() ? listAppend(searchFunctions, function) : -1;
}

int32_t unregisterCodecSearch(Value function) {
  if (!searchFunctions) return 0;
  for (int64_t i = 0; i < asList(searchFunctions)->size; ++i)
    if (asList(searchFunctions)->items[i] == function) {
      dictClear(searchCache);
      return listSetSlice(searchFunctions, i, i + 1, Value());
    }
  return 0;
}

Value lookupCodec(const char* encoding) {
  if (!prepare()) return {};
  Ref name(normalizedName(encoding));
  if (!name) return {};
  name.reset(internStr(name.release()));
  if (Value found = dictGet(searchCache, name)) return newRef(found);
  if (errorSet()) return {};
  for (int64_t i = 0; i < asList(searchFunctions)->size; ++i) {
    Ref function = Ref::share(asList(searchFunctions)->items[i]);
    Ref found(call(function, {name}));
    if (!found) return {};
    if (isNone(found)) continue;
    if (!isTuple(found) || asTuple(found)->size != 4)
      return raise(TypeErrorType, "codec search functions must return 4-tuples");
    if (dictSet(searchCache, name, found) < 0) return {};
    return found.release();
  }
  return raise(LookupErrorType, "unknown encoding: %s", encoding);
}

Value lookupTextCodec(const char* encoding, const char* alternate) {
  Ref codec(lookupCodec(encoding));
  if (!codec || isExactTuple(codec)) return codec.release();
  static const char attribute[] = "_is_text_encoding";
  Ref name(newStr(attribute)), isText(name ? getAttrOptional(codec, name) : Value());
  if (!isText) return errorSet() ? Value() : codec.release();
  const int32_t truth = isTrue(isText);
  if (truth < 0) return {};
  if (!truth)
    return raise(LookupErrorType, "'%.400s' is not a text encoding; use %s to handle arbitrary codecs", encoding, alternate);
  return codec.release();
}

Value encodeByCodec(Value object, const char* encoding, const char* errors, bool textOnly) {
  Ref codec(textOnly ? lookupTextCodec(encoding, "codecs.encode()") : lookupCodec(encoding));
  return codec ? runNamedCodec(codec, 0, object, encoding, errors) : Value();
}
Value decodeByCodec(Value object, const char* encoding, const char* errors, bool textOnly) {
  Ref codec(textOnly ? lookupTextCodec(encoding, "codecs.decode()") : lookupCodec(encoding));
  return codec ? runNamedCodec(codec, 1, object, encoding, errors) : Value();
}

Value lookupErrorHandler(const char* name) {
  if (errorHandlers) {
    if (Value found = dictGet(errorHandlers, name)) return newRef(found);
    if (errorSet()) return {};
  }
  if (Value builtin = builtinErrorHandler(errorModeOf(name))) return newRef(builtin);
  if (errorSet()) return {};
  return raise(LookupErrorType, "unknown error handler name '%.400s'", name);
}

int32_t registerErrorHandler(const char* name, Value handler) {
  if (!isCallable(handler)) return fail(TypeErrorType, "handler must be callable");
  if (!errorHandlers) errorHandlers = newDict();
  return errorHandlers ? dictSet(errorHandlers, name, handler) : -1;
}

} // namespace krait
