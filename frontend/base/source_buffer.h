// One source text: its name, its decoded bytes and its table of lines.
//
// Invariants of text(): valid UTF-8 without a leading BOM; every newline is
// "\n" ("\r\n" and "\r" are translated); bytes that are no UTF-8, where they
// are let pass, have "_" in their places; followed in memory by kPadding NULs
// that are not part of the text; shorter than kMaxBytes.
#pragma once

#include "frontend/base/span.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace krait::frontend::base {

class Diagnostics;

class SourceBuffer {
public:
  static constexpr size_t kMaxBytes = size_t(1) << 31;
  static constexpr size_t kPadding = 16;

  // A script is text from its first byte to its last. What is compiled as bytes, a module that is imported, say, has to be text where
  // there are tokens: a comment may hold anything.
  enum class Origin : uint8_t { Script, Bytes };

  // Decodes the bytes of a file by CPython's rules: BOM, then the encoding
  // declaration on line 1 or 2, then UTF-8. Null after reporting one error.
  static std::unique_ptr<SourceBuffer> fromBytes(std::string name, std::string_view bytes, Diagnostics& diags,
                                                 Origin origin = Origin::Script);

  // Text that is already decoded (compile() and exec() of a str, -c): an
  // encoding declaration means nothing. Null after reporting one error.
  static std::unique_ptr<SourceBuffer> fromText(std::string name, std::string_view utf8, Diagnostics& diags);

  // A text of spaces: the lines that `widths` names are so wide, and those between are empty. Null where it would be too large.
  static std::unique_ptr<SourceBuffer> blank(std::string name, const std::map<uint32_t, uint32_t>& widths);

  std::string_view name() const { return name_; }
  std::string_view text() const { return {padded_.data(), padded_.size() - kPadding}; }
  // What the file declared ("utf-8" if nothing), in CPython's normal form.
  std::string_view encoding() const { return encoding_; }

  // The bytes that were let pass, by their offsets: whoever has the tokens looks whether one of them is in there.
  struct Undecoded { uint32_t offset; char byte; };
  const std::vector<Undecoded>& undecoded() const { return undecoded_; }

  // Lines are counted from 1; a text that ends in "\n" has no line after it,
  // but offsets at its very end are on line lineCount() + 1.
  uint32_t lineCount() const;
  // The line without its newline. Lines out of range are empty.
  std::string_view line(uint32_t number) const;
  // The offset at which a line starts; text().size() past the last one.
  uint32_t lineStart(uint32_t number) const;
  LineColumn position(uint32_t offset) const; // O(log lines)

  // Characters (code points) between the start of the offset's line and it.
  uint32_t characterColumn(uint32_t offset) const;

private:
  SourceBuffer(std::string name, std::string text, std::string encoding);
  SourceBuffer(std::string name, std::string padded, std::vector<uint32_t> lineStarts)
      : name_(std::move(name)), padded_(std::move(padded)), encoding_("utf-8"), lineStarts_(std::move(lineStarts)) {}

  std::string name_;
  std::string padded_;
  std::string encoding_;
  std::vector<uint32_t> lineStarts_; // [0] == 0, one per "\n" after that
  std::vector<Undecoded> undecoded_;
};

// Turns many offsets of one buffer into lines and columns; offsets that come
// nearly in order cost O(1). Borrows the buffer.
class PositionCursor {
public:
  explicit PositionCursor(const SourceBuffer& buffer) : buffer_(&buffer) {}
  LineColumn at(uint32_t offset);

private:
  const SourceBuffer* buffer_;
  uint32_t line_ = 1;
};

} // namespace krait::frontend::base
