// Frames of a traceback as text.
#include "runtime/exceptions/traceback_text.h"
#include "runtime/modules/sys_info.h"
#include <cstdio>
#include "runtime/exceptions/anchors.h"
#include "runtime/exceptions/frame_walk.h"
#include "runtime/exceptions/source_lines.h"
#include "runtime/object/protocol.h"
#include "runtime/types/code_object.h"

namespace krait::exceptions {
namespace {

constexpr int64_t kRepeatsShown = 3, kLineIndent = 4;

int64_t characters(std::string_view utf8) {
  int64_t n = 0;
  for (char c : utf8) n += (c & 0xc0) != 0x80;
  return n;
}

size_t clamp(int32_t column, std::string_view line) {
  return column < 0 ? 0 : static_cast<size_t>(column) > line.size() ? line.size() : static_cast<size_t>(column);
}

/// The marks under a source line that was shown without its first `stripped` bytes.
void addMarks(Pieces& out, const Margin& margin, const SourceSpan& span, std::string_view line, size_t stripped) {
  if (runtimeFlags.noDebugRanges || span.line <= 0 || span.endLine <= 0 || span.column < 0 || span.endColumn < 0) return;
  if (span.line == span.endLine && span.column == span.endColumn) { // where a call begins: a line of no marks
    margin.write(out);
    out.addCharacters(' ', kLineIndent - static_cast<int64_t>(stripped));
    out.addCharacter('\n');
    return;
  }
  size_t start = clamp(span.column, line), end = clamp(span.endColumn, line);
  std::optional<Anchors> anchors;
  if (span.line == span.endLine) {
    if (start < end) anchors = findAnchors(line.substr(start, end - start));
  } else {
    end = line.size();
    while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t' || line[end - 1] == '\f')) --end;
  }
  if (!anchors && end - start == line.size() - stripped) return; // the whole line: nothing to point at
  if (end < start || start < stripped) return;
  margin.write(out);
  out.addCharacters(' ', kLineIndent + characters(line.substr(stripped, start - stripped)));
  if (!anchors) {
    out.addCharacters('^', characters(line.substr(start, end - start)));
  } else {
    std::string_view segment = line.substr(start, end - start);
    size_t to = anchors->to < segment.size() ? anchors->to : segment.size();
    out.addCharacters('~', characters(segment.substr(0, anchors->from)));
    out.addCharacters('^', characters(segment.substr(anchors->from, to - anchors->from)));
    out.addCharacters('~', characters(segment.substr(to)));
  }
  out.addCharacter('\n');
}

void addEntry(Pieces& out, const TracebackObject* tb, int32_t lineNumber, const Margin& margin,
              SourceLines& sources) {
  Ref head(formatText("  File \"%U\", line %d, in %U\n", tb->code->filename, lineNumber, tb->code->name));
  if (!head) return errorClear();
  margin.write(out);
  out.add(head);
  std::string_view line;
  if (!sources.find(tb->code, lineNumber, &line)) return;
  size_t stripped = 0;
  while (stripped < line.size() && (line[stripped] == ' ' || line[stripped] == '\t' || line[stripped] == '\f'))
    ++stripped;
  margin.write(out);
  out.addSpaces(kLineIndent);
  if (Ref text(newStr(line.substr(stripped))); text) out.add(text);
  out.addCharacter('\n');
  if (tb->site < tb->code->siteCount && tb->code->siteSpan(tb->site).line == lineNumber)
    addMarks(out, margin, spanOfSite(tb->code, tb->site), line, stripped);
}

/// Without a margin.
void addRepetition(Pieces& out, int64_t count) {
  char text[80];
  int64_t more = count - kRepeatsShown;
  snprintf(text, sizeof text, "  [Previous line repeated %lld more time%s]\n", static_cast<long long>(more),
           more == 1 ? "" : "s");
  out.addAscii(text);
}
} // namespace

void addTraceback(Pieces& out, Value traceback, const Margin& margin, int64_t limit) {
  int64_t depth = 0;
  for (Value tb = traceback; tb; tb = tb.as<TracebackObject>()->next) ++depth;
  Value cursor = traceback;
  for (; depth > limit; --depth) cursor = cursor.as<TracebackObject>()->next;
  SourceLines sources;
  const CodeInfo* lastCode = nullptr;
  int32_t lastLine = -1;
  int64_t count = 0;
  for (; cursor; cursor = cursor.as<TracebackObject>()->next) {
    auto* tb = cursor.as<TracebackObject>();
    int32_t line = tb->line ? tb->line : lineOfSite(tb->code, tb->site);
    bool same = lastCode && line == lastLine &&
                (tb->code == lastCode ||
                 (tb->code->filename == lastCode->filename && tb->code->name == lastCode->name));
    if (!same) {
      if (count > kRepeatsShown) addRepetition(out, count);
      lastCode = tb->code;
      lastLine = line;
      count = 0;
    }
    if (++count <= kRepeatsShown) addEntry(out, tb, line, margin, sources);
  }
  if (count > kRepeatsShown) addRepetition(out, count);
}

} // namespace krait::exceptions
