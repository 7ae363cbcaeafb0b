#include "frontend/sema/format_strings.h"

#include "frontend/base/unicode.h"

#include <algorithm>

namespace krait::frontend::sema {

namespace {

bool isNumber(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), base::isAsciiDigit); }

// The fields of a format string and of the specifications inside its fields.
class BraceReader {
public:
  explicit BraceReader(BraceFormat& out) : out_(out) {}

  void read(std::string_view text, int depth) {
    for (size_t i = 0; i < text.size() && out_.problem.empty(); ++i) {
      if (text[i] != '{' && text[i] != '}') continue;
      if (depth == 0 && i + 1 < text.size() && text[i + 1] == text[i]) {
        ++i;
        continue;
      }
      if (text[i] == '}') {
        out_.problem = "Single '}' encountered in format string";
        return;
      }
      const size_t end = closing(text, i);
      if (end == std::string_view::npos) {
        out_.problem = i + 1 == text.size() ? "Single '{' encountered in format string" : "expected '}' before end of string";
        return;
      }
      field(text.substr(i + 1, end - i - 1), depth);
      i = end;
    }
  }

private:
  // Of the brace at `open`; brackets hide braces from it.
  static size_t closing(std::string_view text, size_t open) {
    int level = 0;
    bool inBrackets = false, inName = true;
    for (size_t i = open; i < text.size(); ++i) {
      const char c = text[i];
      if (inName && c == '[') inBrackets = true;
      else if (c == ']') inBrackets = false;
      else if (inBrackets) continue;
      else if (c == '{') ++level;
      else if (c == '}' && --level == 0) return i;
      else if (c == ':' || c == '!') inName = false;
    }
    return std::string_view::npos;
  }

  void field(std::string_view text, int depth) {
    if (depth > 1) {
      out_.problem = "Max string recursion exceeded";
      return;
    }
    const std::string_view name = text.substr(0, text.find_first_of(".[!:"));
    if (name.empty() || isNumber(name)) {
      const bool isAutomatic = name.empty();
      (isAutomatic ? automatic_ : manual_) = true;
      if (automatic_ && manual_) {
        out_.problem = isAutomatic ? "cannot switch from manual field specification to automatic field numbering"
                                   : "cannot switch from automatic field numbering to manual field specification";
        return;
      }
      const size_t number = isAutomatic ? next_++ : name.size() > 6 ? 999999 : static_cast<size_t>(std::stoul(std::string(name)));
      out_.positional = std::max(out_.positional, number + 1);
    } else {
      out_.keys.emplace_back(name);
    }
    bool inBrackets = false;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '[') inBrackets = true;
      if (text[i] == ']') inBrackets = false;
      if (text[i] == ':' && !inBrackets) return read(text.substr(i + 1), depth + 1);
    }
  }

  BraceFormat& out_;
  size_t next_ = 0;
  bool automatic_ = false, manual_ = false;
};

} // namespace

PercentFormat readPercentFormat(std::string_view text, bool isBytes) {
  PercentFormat out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') continue;
    ++i;
    auto skip = [&](std::string_view characters) {
      while (i < text.size() && characters.find(text[i]) != std::string_view::npos) ++i;
    };
    const bool hasKey = i < text.size() && text[i] == '(';
    if (hasKey) {
      const size_t begin = ++i;
      for (int level = 1; i < text.size(); ++i) {
        if (text[i] == '(') ++level;
        if (text[i] == ')' && --level == 0) break;
      }
      if (i >= text.size()) return out.problem = "incomplete format key", out;
      out.keys.emplace_back(text.substr(begin, i++ - begin));
    }
    auto number = [&] { // or a value that says it
      if (i < text.size() && text[i] == '*') ++i, ++out.positional;
      else skip("0123456789");
    };
    skip("#0- +");
    number();
    if (i < text.size() && text[i] == '.') ++i, number();
    skip("hlL");
    if (i >= text.size()) return out.problem = "incomplete format", out;
    const bool isKnown = std::string_view(isBytes ? "diouxXeEfFgGcrsab%" : "diouxXeEfFgGcrsa%").find(text[i]) != std::string_view::npos;
    if (!isKnown) {
      size_t size = 1; // of the character
      while (i + size < text.size() && (text[i + size] & 0xC0) == 0x80) ++size;
      return out.problem = "unsupported format character '" + std::string(text.substr(i, size)) + "'", out;
    }
    if (text[i] != '%' && !hasKey) ++out.positional;
  }
  return out;
}

BraceFormat readBraceFormat(std::string_view text) {
  BraceFormat out;
  BraceReader(out).read(text, 0);
  return out;
}

} // namespace krait::frontend::sema
