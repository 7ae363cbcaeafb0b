#include "runtime/exceptions/source_lines.h"
#include <zlib.h>
#include "runtime/modules/importing/source_files.h"
#include "runtime/object/errors.h"
#include "runtime/types/str.h"

namespace krait::exceptions {

static bool areGone;

void endSourceLines() { areGone = true; }

std::string embeddedSource(const ModuleInfo* module) {
  std::string text;
  if (!module || !module->source) return text;
  text.resize(module->sourceRawSize);
  uLongf size = module->sourceRawSize;
  int status = uncompress(reinterpret_cast<Bytef*>(text.data()), &size,
                          reinterpret_cast<const Bytef*>(module->source), module->sourceSize);
  text.resize(status == Z_OK ? size : 0);
  return text;
}

void SourceLines::load(const CodeInfo* code) {
  filename_ = code->filename;
  text_.clear();
  if (code->module && strEqual(code->filename, code->module->filename)) text_ = embeddedSource(code->module);
  if (!text_.empty()) return;
  StrObject* name = asStr(code->filename);
  if (name->length > 0 && name->at(0) == '<') return; // "<string>": no file
  Ref pending = errorTake();
  Ref text(readSourceFile(code->filename));
  if (text) {
    Utf8 bytes(text);
    if (bytes.ok()) text_ = bytes.view();
  }
  errorClear();
  errorRestore(pending.release());
}

bool SourceLines::find(const CodeInfo* code, int32_t number, std::string_view* out) {
  if (areGone) return false;
  if (!(filename_ == code->filename)) load(code);
  std::string_view rest = text_;
  for (int32_t line = 1; !rest.empty(); ++line) {
    size_t end = rest.find('\n');
    if (line == number) {
      *out = rest.substr(0, end);
      if (out->ends_with('\r')) out->remove_suffix(1);
      return true;
    }
    if (end == std::string_view::npos) return false;
    rest.remove_prefix(end + 1);
  }
  return false;
}

} // namespace krait::exceptions
