// pyexpat: ParserCreate, ErrorString, and the constants with their modules errors and model.
#include <cstring>
#include "runtime/modules/expat/parser.h"
#include "runtime/modules/module_exception.h"
#include "runtime/types/codec.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace expat {

Type* expatError;

namespace {

Value parserCreate(Value, const Value* argv) {
  Value encoding = argv[0] && !isNone(argv[0]) ? argv[0] : Value(), separator = argv[1] && !isNone(argv[1]) ? argv[1] : Value();
  if (encoding && !isStr(encoding))
    return raise(TypeErrorType, "ParserCreate() argument 'encoding' must be str or None, not %.50G", encoding);
  if (separator && !isStr(separator))
    return raise(TypeErrorType, "ParserCreate() argument 'namespace_separator' must be str or None, not %.50G", separator);
  const Utf8Argument encodingText(encoding);
  if (!encodingText.ok()) return Value();
  const Utf8Argument separatorText(separator);
  if (!separatorText.ok()) return Value();
  if (separator && strlen(separatorText.text()) > 1)
    return raise(ValueErrorType, "namespace_separator must be at most one character, omitted, or None");
  Ref intern;
  if (!argv[2]) intern.reset(newDict());
  else if (isDict(argv[2])) intern = Ref::share(argv[2]);
  else if (!isNone(argv[2])) return raise(TypeErrorType, "intern must be a dictionary");
  if (errorSet()) return Value();
  return newParser(encodingText.text(), separatorText.text(), intern);
}

Value errorString(Value, Value code) {
  const int64_t n = toInt64(code);
  if (n == -1 && errorSet()) return Value();
  return textOf(XML_ErrorString(static_cast<XML_Error>(n)));
}

constexpr MethodDef methods[] = {
    {"ParserCreate", parserCreate, "($module, /, encoding=None, namespace_separator=None, intern=<unrepresentable>)"},
    {"ErrorString", errorString, "($module, code, /)"},
    {},
};

/// A module `pyexpat.<name>`, in sys.modules and as an attribute of its parent. Owned.
Value addSubmodule(Value module, const char* name, const char* doc) {
  Ref fullName(formatText("pyexpat.%s", name)), text(newStr(doc));
  Ref made(fullName && text ? newModule(fullName) : Value());
  if (!made || moduleAdd(made, "__doc__", text.release()) < 0 || dictSet(sysModules(), fullName, made) < 0 ||
      moduleAdd(module, name, newRef(made)) < 0)
    return Value();
  return made.release();
}

struct ErrorName { const char* name; XML_Error code; };
#define ERROR(name) {#name, name}
constexpr ErrorName kErrors[] = {
    ERROR(XML_ERROR_NO_MEMORY), ERROR(XML_ERROR_SYNTAX), ERROR(XML_ERROR_NO_ELEMENTS), ERROR(XML_ERROR_INVALID_TOKEN),
    ERROR(XML_ERROR_UNCLOSED_TOKEN), ERROR(XML_ERROR_PARTIAL_CHAR), ERROR(XML_ERROR_TAG_MISMATCH),
    ERROR(XML_ERROR_DUPLICATE_ATTRIBUTE), ERROR(XML_ERROR_JUNK_AFTER_DOC_ELEMENT), ERROR(XML_ERROR_PARAM_ENTITY_REF),
    ERROR(XML_ERROR_UNDEFINED_ENTITY), ERROR(XML_ERROR_RECURSIVE_ENTITY_REF), ERROR(XML_ERROR_ASYNC_ENTITY),
    ERROR(XML_ERROR_BAD_CHAR_REF), ERROR(XML_ERROR_BINARY_ENTITY_REF), ERROR(XML_ERROR_ATTRIBUTE_EXTERNAL_ENTITY_REF),
    ERROR(XML_ERROR_MISPLACED_XML_PI), ERROR(XML_ERROR_UNKNOWN_ENCODING), ERROR(XML_ERROR_INCORRECT_ENCODING),
    ERROR(XML_ERROR_UNCLOSED_CDATA_SECTION), ERROR(XML_ERROR_EXTERNAL_ENTITY_HANDLING), ERROR(XML_ERROR_NOT_STANDALONE),
    ERROR(XML_ERROR_UNEXPECTED_STATE), ERROR(XML_ERROR_ENTITY_DECLARED_IN_PE), ERROR(XML_ERROR_FEATURE_REQUIRES_XML_DTD),
    ERROR(XML_ERROR_CANT_CHANGE_FEATURE_ONCE_PARSING), ERROR(XML_ERROR_UNBOUND_PREFIX),
    ERROR(XML_ERROR_UNDECLARING_PREFIX), ERROR(XML_ERROR_INCOMPLETE_PE), ERROR(XML_ERROR_XML_DECL),
    ERROR(XML_ERROR_TEXT_DECL), ERROR(XML_ERROR_PUBLICID), ERROR(XML_ERROR_SUSPENDED), ERROR(XML_ERROR_NOT_SUSPENDED),
    ERROR(XML_ERROR_ABORTED), ERROR(XML_ERROR_FINISHED), ERROR(XML_ERROR_SUSPEND_PE),
    ERROR(XML_ERROR_RESERVED_PREFIX_XML), ERROR(XML_ERROR_RESERVED_PREFIX_XMLNS), ERROR(XML_ERROR_RESERVED_NAMESPACE_URI),
    ERROR(XML_ERROR_INVALID_ARGUMENT), ERROR(XML_ERROR_NO_BUFFER), ERROR(XML_ERROR_AMPLIFICATION_LIMIT_BREACH),
};
#undef ERROR

/// The texts by name; codes: text -> number; messages: number -> text.
int32_t addErrors(Value module) {
  Ref errors(addSubmodule(module, "errors", "Constants used to describe error conditions."));
  Ref codes(newDict()), messages(newDict());
  if (!errors || !codes || !messages) return -1;
  for (const ErrorName& e : kErrors) {
    Ref text(newStr(XML_ErrorString(e.code))), number(newInt(e.code));
    if (!text || dictSet(codes, text, number) < 0 || dictSet(messages, number, text) < 0 ||
        moduleAdd(errors, e.name, text.release()) < 0)
      return -1;
  }
  return moduleAdd(errors, "codes", codes.release()) < 0 ? -1 : moduleAdd(errors, "messages", messages.release());
}

struct Constant { const char* name; int value; };
#define CONSTANT(name) {#name, name}
constexpr Constant kModel[] = {
    CONSTANT(XML_CTYPE_EMPTY), CONSTANT(XML_CTYPE_ANY), CONSTANT(XML_CTYPE_MIXED), CONSTANT(XML_CTYPE_NAME),
    CONSTANT(XML_CTYPE_CHOICE), CONSTANT(XML_CTYPE_SEQ), CONSTANT(XML_CQUANT_NONE), CONSTANT(XML_CQUANT_OPT),
    CONSTANT(XML_CQUANT_REP), CONSTANT(XML_CQUANT_PLUS),
};
constexpr Constant kParsing[] = {
    CONSTANT(XML_PARAM_ENTITY_PARSING_NEVER), CONSTANT(XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE),
    CONSTANT(XML_PARAM_ENTITY_PARSING_ALWAYS),
};
#undef CONSTANT
template <size_t n> int32_t addConstants(Value module, const Constant (&table)[n]) {
  for (const Constant& c : table)
    if (moduleAdd(module, c.name, newInt(c.value)) < 0) return -1;
  return 0;
}

int32_t addVersion(Value module) {
  const XML_Expat_Version v = XML_ExpatVersionInfo();
  Ref major(newInt(v.major)), minor(newInt(v.minor)), micro(newInt(v.micro));
  Ref features(newList(0));
  for (const XML_Feature* f = XML_GetFeatureList(); features && f->feature != XML_FEATURE_END; ++f) {
    Ref name(newStr(f->name)), value(newInt(f->value));
    Ref pair(name ? newTuple({name, value}) : Value());
    if (!pair || listAppend(features, pair) < 0) return -1;
  }
  if (moduleAdd(module, "features", features.release()) < 0 || moduleAdd(module, "version_info", newTuple({major, minor, micro})) < 0)
    return -1;
  if (moduleAdd(module, "EXPAT_VERSION", newStr(XML_ExpatVersion())) < 0) return -1;
  return moduleAdd(module, "native_encoding", newStr("UTF-8"));
}

int exec(Value module) {
  expatError = addModuleException(module, "xml.parsers.expat", "ExpatError", ExceptionType);
  if (!expatError || moduleAdd(module, "error", newRef(asValue(expatError))) < 0 ||
      moduleAdd(module, "XMLParserType", newRef(asValue(&parserType))) < 0 || addErrors(module) < 0 ||
      addConstants(module, kParsing) < 0 || addVersion(module) < 0)
    return -1;
  Ref model(addSubmodule(module, "model", "Constants used to interpret content model information."));
  return model ? addConstants(model, kModel) : -1;
}

} // namespace
} // namespace expat

extern "C" const NativeModule krt_module_pyexpat = {.name = "pyexpat", .methods = expat::methods, .exec = expat::exec};

} // namespace krait
