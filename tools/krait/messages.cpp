// JSON: one array of objects. SARIF: version 2.1.0, one run, columns counted in characters.
#include "tools/krait/messages.h"
#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <unistd.h>
#include <vector>
#include "tools/krait/options.h"

namespace krait::tools {
namespace {

struct State {
  bool isText = true, isSarif = false, isColored = false;
  std::vector<Message> collected;
  MessageCounts counts;
  std::vector<std::string> ignored;
};
State& state() {
  static State one;
  return one;
}

/// The length of the UTF-8 sequence at the start, 0 if there is none.
size_t sequence(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const size_t size = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (size == 0 || size > text.size()) return 0;
  for (size_t i = 1; i < size; ++i)
    if ((text[i] & 0xC0) != 0x80) return 0;
  return size;
}

/// An offset into a line, both from 1.
int inCharacters(int bytes, std::string_view line) {
  int characters = bytes;
  for (int i = 0; i + 1 < bytes && static_cast<size_t>(i) < line.size(); ++i) characters -= (line[i] & 0xC0) == 0x80;
  return characters;
}

/// Lines and columns from 1, the end behind the last character; nothing if there is no place.
std::string region(const Message& m, const char* line, const char* column, const char* endLine, const char* endColumn) {
  if (m.position.lineno <= 0) return {};
  std::string out = fmt::format("{}: {}, {}: {}", jsonText(line), m.position.lineno, jsonText(column), std::max(m.position.offset, 1));
  if (m.position.endLineno > 0 && m.position.endOffset > 0)
    out += fmt::format(", {}: {}, {}: {}", jsonText(endLine), m.position.endLineno, jsonText(endColumn), m.position.endOffset);
  return out;
}

std::string asJson(const std::vector<Message>& messages) {
  std::string out = "[";
  for (const Message& m : messages) {
    out += fmt::format("{}\n  {{\"severity\": \"{}\", \"name\": {}, \"message\": {}", &m == messages.data() ? "" : ",",
                       m.isWarning ? "warning" : "error", jsonText(m.name), jsonText(m.text));
    if (!m.file.empty()) out += fmt::format(", \"file\": {}", jsonText(m.file));
    if (const std::string place = region(m, "line", "column", "end_line", "end_column"); !place.empty()) out += ", " + place;
    out += "}";
  }
  return out + (messages.empty() ? "]\n" : "\n]\n");
}

/// A file's name as a relative URI, or an absolute one.
std::string uriOf(std::string_view file) {
  std::string out = file.starts_with('/') ? "file://" : "";
  for (char c : file) {
    const bool isPlain = isalnum(static_cast<unsigned char>(c)) || std::string_view("-._~/").find(c) != std::string_view::npos;
    out += isPlain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string asSarif(const std::vector<Message>& messages) {
  std::set<std::string> names;
  std::string rules, results;
  for (const Message& m : messages) {
    if (!m.name.empty() && names.insert(m.name).second) rules += fmt::format("{}{{\"id\": {}}}", rules.empty() ? "" : ", ", jsonText(m.name));
    results += fmt::format("{}\n      {{{}\"level\": \"{}\", \"message\": {{\"text\": {}}}", results.empty() ? "" : ",",
                           m.name.empty() ? "" : fmt::format("\"ruleId\": {}, ", jsonText(m.name)), m.isWarning ? "warning" : "error", jsonText(m.text));
    if (!m.file.empty()) {
      const std::string place = region(m, "startLine", "startColumn", "endLine", "endColumn");
      results += fmt::format(", \"locations\": [{{\"physicalLocation\": {{\"artifactLocation\": {{\"uri\": {}}}{}}}}}]", jsonText(uriOf(m.file)),
                             place.empty() ? "" : fmt::format(", \"region\": {{{}}}", place));
    }
    results += "}";
  }
  return fmt::format("{{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n  \"runs\": [{{\n"
                     "    \"tool\": {{\"driver\": {{\"name\": \"krait\", \"version\": \"{}\", \"rules\": [{}]}}}},\n"
                     "    \"columnKind\": \"unicodeCodePoints\",\n    \"results\": [{}\n    ]\n  }}]\n}}\n",
                     kVersion, rules, results);
}

} // namespace

std::string jsonText(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const size_t size = sequence(text);
    const char c = text[0];
    if (size == 0) out += "\\ufffd";
    else if (c == '"' || c == '\\') (out += '\\') += c;
    else if (static_cast<unsigned char>(c) < 0x20) out += fmt::format("\\u{:04x}", static_cast<int>(c));
    else out += text.substr(0, size);
    text.remove_prefix(std::max<size_t>(size, 1));
  }
  return out + "\"";
}

bool hasColors(int descriptor, std::string_view when) {
  const char* no = getenv("NO_COLOR");
  const char* terminal = getenv("TERM");
  return when == "always" || (when == "auto" && !(no && *no) && isatty(descriptor) && terminal && std::string_view(terminal) != "dumb");
}

void showMessages(std::string_view format, std::string_view color) {
  state().isText = format == "text";
  state().isSarif = format == "sarif";
  state().isColored = hasColors(STDERR_FILENO, color);
}

void ignoreWarnings(const std::vector<std::string>& names) { state().ignored = names; }

std::vector<std::string> namesOfWarnings() {
  std::vector<std::string> names{"missing-module", "broken-module", "many-modules", "other-profile"};
#define KRAIT_DIAGNOSTIC(id, class, text)                                                                      \
  if (isWarning(frontend::base::DiagnosticClass::class)) names.push_back(nameOf(frontend::base::DiagnosticId::id));
#include "frontend/base/diagnostics.def"
  return names;
}

void finishMessages() {
  if (state().isText) return;
  fmt::print("{}", state().isSarif ? asSarif(state().collected) : asJson(state().collected));
}

void report(Message message) {
  if (message.isWarning && std::find(state().ignored.begin(), state().ignored.end(), message.name) != state().ignored.end()) return;
  ++(message.isWarning ? state().counts.warnings : state().counts.errors);
  if (!state().isText) {
    state().collected.push_back(std::move(message));
    return;
  }
  const std::string file = message.file.empty() ? "krait" : message.file;
  if (message.isWarning && !message.name.empty()) message.text += fmt::format(" [{}]", message.name);
  fmt::print(stderr, "{}", frontend::base::render(file, message.position, message.isWarning, message.text, message.hasLine ? &message.line : nullptr,
                                                  state().isColored));
}

void report(const frontend::base::Diagnostic& d) {
  Message message{.isWarning = isWarning(d.category), .name = frontend::base::nameOf(d.id), .text = d.message, .file = d.file,
                  .position = d.position, .line = d.text, .hasLine = d.hasText};
  if (stepOf(d.id) != frontend::base::DiagnosticStep::Parser) { // CPython counts bytes there
    frontend::base::ErrorPosition& at = message.position;
    if (at.endLineno == at.lineno) at.endOffset = inCharacters(at.endOffset, d.text);
    at.offset = inCharacters(at.offset, d.text);
  }
  report(std::move(message));
}

void reportError(const std::string& text) { report(Message{.isWarning = false, .name = {}, .text = text, .file = {}, .position = {}, .line = {}}); }
void reportWarning(const std::string& text) { report(Message{.isWarning = true, .name = {}, .text = text, .file = {}, .position = {}, .line = {}}); }

MessageCounts reportedMessages() { return state().counts; }

} // namespace krait::tools
