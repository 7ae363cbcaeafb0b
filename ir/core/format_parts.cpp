#include "ir/core/format_parts.h"

#include <algorithm>

namespace krait::ir::core {

namespace {

constexpr size_t kMostDigits = 2; // more are for the run time to judge

bool isAmong(char c, std::string_view characters) { return characters.find(c) != std::string_view::npos; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isNameCharacter(char c) { return isDigit(c) || c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); }

class Reader {
public:
  explicit Reader(std::string_view format) : rest_(format) {}
  bool atEnd() const { return rest_.empty(); }
  size_t left() const { return rest_.size(); }
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  bool accept(std::string_view what) {
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }
  template <typename Test> std::string_view takeWhile(Test test) {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), test);
    const auto taken = rest_.substr(0, static_cast<size_t>(end - rest_.begin()));
    rest_.remove_prefix(taken.size());
    return taken;
  }

private:
  std::string_view rest_;
};

/// -1 if there is none, nothing if it is long.
std::optional<int> readSize(Reader& in) {
  const std::string_view digits = in.takeWhile(isDigit);
  if (digits.size() > kMostDigits) return std::nullopt;
  return digits.empty() ? -1 : std::stoi(std::string(digits));
}

/// What follows a '%'.
bool readPercentField(Reader& in, FormatPart& field) {
  field.isField = true;
  field.flags = in.takeWhile([](char c) { return isAmong(c, "-+ #0"); });
  const auto width = readSize(in);
  if (!width) return false;
  field.width = *width;
  if (in.accept(".")) {
    const auto precision = readSize(in);
    if (!precision) return false;
    field.precision = std::max(*precision, 0);
  }
  if (in.atEnd()) return false;
  field.code = in.take();
  return isAmong(field.code, "srdiuoxXeEfFgGca");
}

/// What follows a '{'. `automatic`: how many fields had no number.
bool readBraceField(Reader& in, FormatPart& field, uint32_t& automatic, bool& numbered) {
  field.isField = true;
  const std::string_view name = in.takeWhile(isNameCharacter);
  if (name.empty()) {
    field.argument = automatic++;
  } else if (isDigit(name.front())) {
    if (name.size() > kMostDigits || !std::ranges::all_of(name, isDigit)) return false;
    field.argument = static_cast<uint32_t>(std::stoi(std::string(name)));
    numbered = true;
  } else {
    field.name = name;
  }
  if (in.accept("!")) {
    if (in.atEnd()) return false;
    field.code = in.take();
    if (!isAmong(field.code, "sra")) return false;
  }
  if (in.accept(":")) field.text = in.takeWhile([](char c) { return !isAmong(c, "{}"); });
  return in.accept("}");
}

void addText(std::vector<FormatPart>& parts, std::string_view text) {
  if (parts.empty() || parts.back().isField) parts.emplace_back();
  parts.back().text += text;
}

} // namespace

std::optional<std::vector<FormatPart>> percentParts(std::string_view format) {
  std::vector<FormatPart> parts;
  uint32_t argument = 0;
  for (Reader in(format); !in.atEnd();) {
    if (in.accept("%%")) {
      addText(parts, "%");
    } else if (const size_t from = format.size() - in.left(); in.accept("%")) {
      FormatPart field;
      if (!readPercentField(in, field)) return std::nullopt;
      field.text = format.substr(from, format.size() - in.left() - from);
      field.argument = argument++;
      parts.push_back(std::move(field));
    } else {
      addText(parts, in.takeWhile([](char c) { return c != '%'; }));
    }
  }
  return parts;
}

std::optional<std::vector<FormatPart>> braceParts(std::string_view format) {
  std::vector<FormatPart> parts;
  uint32_t automatic = 0;
  bool numbered = false;
  for (Reader in(format); !in.atEnd();) {
    if (in.accept("{{")) {
      addText(parts, "{");
    } else if (in.accept("}}")) {
      addText(parts, "}");
    } else if (in.accept("{")) {
      FormatPart field;
      if (!readBraceField(in, field, automatic, numbered)) return std::nullopt;
      parts.push_back(std::move(field));
    } else if (const auto text = in.takeWhile([](char c) { return !isAmong(c, "{}"); }); !text.empty()) {
      addText(parts, text);
    } else {
      return std::nullopt; // a brace that closes nothing
    }
  }
  if (numbered && automatic) return std::nullopt;
  return parts;
}

} // namespace krait::ir::core
