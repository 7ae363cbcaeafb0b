// Decoding and newline translation happen once, here; after that everything
// speaks byte offsets into clean UTF-8.
#include "frontend/base/source_buffer.h"

#include "frontend/base/diagnostics.h"
#include "frontend/base/encoding.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>

namespace krait::frontend::base {

namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

std::string translateNewlines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    size_t at = text.find('\r');
    out += text.substr(0, at);
    if (at == std::string_view::npos) break;
    out += '\n';
    if (at + 1 < text.size() && text[at + 1] == '\n') ++at;
    text.remove_prefix(at + 1);
  }
  return out;
}

std::string withoutCarriageReturns(std::string_view text) {
  if (text.find('\r') != std::string_view::npos) return translateNewlines(text);
  std::string copy;
  copy.reserve(text.size() + SourceBuffer::kPadding);
  copy += text;
  return copy;
}

bool acceptable(const std::string& name, std::string_view bytes, Diagnostics& diags) {
  if (bytes.size() >= SourceBuffer::kMaxBytes) {
    diags.reportWithoutText(name, DiagnosticId::SourceTooLarge, {}, {std::to_string(SourceBuffer::kMaxBytes)});
    return false;
  }
  if (!bytes.empty() && std::memchr(bytes.data(), '\0', bytes.size()) != nullptr) {
    diags.reportWithoutText(name, DiagnosticId::NulInSource, {});
    return false;
  }
  return true;
}

void reportNotUtf8(const std::string& name, std::string_view bytes, size_t at, Diagnostics& diags) {
  auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(at), '\n');
  diags.reportWithoutText(name, DiagnosticId::NotUtf8, {static_cast<int>(line), 0, 0, 0},
                          {hexOf(bytes[at]), name, std::to_string(line)});
}

} // namespace

SourceBuffer::SourceBuffer(std::string name, std::string text, std::string encoding)
    : name_(std::move(name)), padded_(std::move(text)), encoding_(std::move(encoding)) {
  padded_.append(kPadding, '\0');
  lineStarts_.reserve(padded_.size() / 32 + 1);
  lineStarts_.push_back(0);
  const char* begin = padded_.data();
  const char* end = begin + this->text().size();
  for (const char* at = begin; at < end;) {
    const auto* newline = static_cast<const char*>(std::memchr(at, '\n', end - at));
    if (newline == nullptr) break;
    at = newline + 1;
    lineStarts_.push_back(static_cast<uint32_t>(at - begin));
  }
}

std::unique_ptr<SourceBuffer> SourceBuffer::fromBytes(std::string name, std::string_view bytes,
                                                      Diagnostics& diags, Origin origin) {
  if (!acceptable(name, bytes, diags)) return nullptr;
  bool hasBom = bytes.starts_with(kBom);
  if (hasBom) bytes.remove_prefix(kBom.size());
  std::string encoding = declaredEncoding(bytes);
  if (hasBom && !encoding.empty() && encoding != "utf-8") {
    diags.reportWithoutText(name, DiagnosticId::EncodingProblemWithBom, {0, -1, 0, -1}, {encoding});
    return nullptr;
  }
  if (encoding.empty() || encoding == "utf-8") {
    const size_t bad = findInvalidUtf8(bytes);
    if (bad != std::string_view::npos && origin == Origin::Script) {
      reportNotUtf8(name, bytes, bad, diags);
      return nullptr;
    }
    std::string text = withoutCarriageReturns(bytes);
    std::vector<Undecoded> undecoded;
    size_t from = bad == std::string_view::npos ? bad : 0;
    while (from != std::string_view::npos) {
      const size_t at = findInvalidUtf8(std::string_view(text).substr(from));
      if (at == std::string_view::npos) break;
      from += at;
      undecoded.push_back({static_cast<uint32_t>(from), std::exchange(text[from], '_')});
    }
    auto made = std::unique_ptr<SourceBuffer>(new SourceBuffer(std::move(name), std::move(text), "utf-8"));
    made->undecoded_ = std::move(undecoded);
    return made;
  }
  auto text = decodeToUtf8(bytes, encoding);
  if (!text) {
    diags.reportWithoutText(name, DiagnosticId::EncodingProblem, {0, -1, 0, -1}, {encoding});
    return nullptr;
  }
  return std::unique_ptr<SourceBuffer>(
      new SourceBuffer(std::move(name), withoutCarriageReturns(*text), std::move(encoding)));
}

std::unique_ptr<SourceBuffer> SourceBuffer::fromText(std::string name, std::string_view utf8, Diagnostics& diags) {
  if (!acceptable(name, utf8, diags)) return nullptr;
  size_t bad = findInvalidUtf8(utf8);
  if (bad != std::string_view::npos) {
    reportNotUtf8(name, utf8, bad, diags);
    return nullptr;
  }
  return std::unique_ptr<SourceBuffer>(
      new SourceBuffer(std::move(name), withoutCarriageReturns(utf8), "utf-8"));
}

std::unique_ptr<SourceBuffer> SourceBuffer::blank(std::string name, const std::map<uint32_t, uint32_t>& widths) {
  size_t size = widths.empty() ? 0 : widths.rbegin()->first;
  for (const auto& [line, width] : widths) size += width;
  if (size >= kMaxBytes) return nullptr;
  std::string text;
  text.reserve(size + kPadding);
  std::vector<uint32_t> starts{0};
  starts.reserve(widths.empty() ? 1 : widths.rbegin()->first + 1);
  for (const auto& [line, width] : widths) {
    // A tree may begin thousands of lines below the first: these are written at once.
    const auto before = static_cast<uint32_t>(text.size()), empty = line - static_cast<uint32_t>(starts.size());
    text.append(empty, '\n').append(width, ' ') += '\n';
    const size_t have = starts.size();
    starts.resize(have + empty);
    std::iota(starts.begin() + static_cast<ptrdiff_t>(have), starts.end(), before + 1);
    starts.push_back(static_cast<uint32_t>(text.size()));
  }
  text.append(kPadding, '\0');
  return std::unique_ptr<SourceBuffer>(new SourceBuffer(std::move(name), std::move(text), std::move(starts)));
}

uint32_t SourceBuffer::lineCount() const {
  auto count = static_cast<uint32_t>(lineStarts_.size());
  return lineStarts_.back() == text().size() ? count - 1 : count;
}

uint32_t SourceBuffer::lineStart(uint32_t number) const {
  if (number == 0) return 0;
  return number <= lineStarts_.size() ? lineStarts_[number - 1] : static_cast<uint32_t>(text().size());
}

std::string_view SourceBuffer::line(uint32_t number) const {
  if (number == 0 || number > lineStarts_.size()) return {};
  uint32_t start = lineStarts_[number - 1];
  uint32_t end = number < lineStarts_.size() ? lineStarts_[number] - 1 : static_cast<uint32_t>(text().size());
  return text().substr(start, end - start);
}

LineColumn SourceBuffer::position(uint32_t offset) const {
  auto after = std::upper_bound(lineStarts_.begin(), lineStarts_.end(), offset);
  return {static_cast<uint32_t>(after - lineStarts_.begin()), offset - *(after - 1)};
}

uint32_t SourceBuffer::characterColumn(uint32_t offset) const {
  uint32_t start = lineStart(position(offset).line);
  uint32_t count = 0;
  for (uint32_t i = start; i < offset && i < text().size(); ++i)
    if ((padded_[i] & 0xC0) != 0x80) ++count;
  return count;
}

LineColumn PositionCursor::at(uint32_t offset) {
  uint32_t start = buffer_->lineStart(line_);
  if (offset < start || offset >= buffer_->lineStart(line_ + 8)) {
    LineColumn found = buffer_->position(offset);
    line_ = found.line;
    return found;
  }
  uint32_t last = static_cast<uint32_t>(buffer_->text().size());
  while (buffer_->lineStart(line_ + 1) <= offset && buffer_->lineStart(line_ + 1) != last) ++line_;
  LineColumn found{line_, offset - buffer_->lineStart(line_)};
  if (offset == last) found = buffer_->position(offset);
  return found;
}

} // namespace krait::frontend::base
