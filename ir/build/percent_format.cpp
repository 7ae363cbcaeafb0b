#include "ir/build/percent_format.h"

namespace krait::ir::build {

using frontend::ast::Expr;

namespace {

class Reader {
public:
  explicit Reader(std::string_view format) : rest_(format) {}
  bool atEnd() const { return rest_.empty(); }
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
  std::string digits() {
    std::string all;
    while (!atEnd() && rest_.front() >= '0' && rest_.front() <= '9') all += take();
    return all;
  }
  /// Up to the next field.
  std::string text() {
    std::string all;
    while (!atEnd() && (accept("%%") ? (all += '%', true) : rest_.front() != '%' && (all += take(), true))) {
    }
    return all;
  }

private:
  std::string_view rest_;
};

/// The conversion and specification of a field, behind its '%'; false if it is not plain.
bool readField(Reader& in, PercentPiece& field) {
  bool left = false;
  while (in.accept("-")) left = true;
  for (const char* flag : {"+", " ", "#", "0"})
    if (in.accept(flag)) return false;
  const std::string width = in.digits();
  const bool hasPrecision = in.accept(".");
  const std::string precision = hasPrecision ? in.digits() : "";
  if (width.size() > 2 || precision.size() > 2 || in.atEnd()) return false;
  field.conversion = in.take();
  if (field.conversion != 's' && field.conversion != 'r' && field.conversion != 'a') return false;
  if (!width.empty()) field.spec = (left ? "" : ">") + std::to_string(std::stoi(width));
  if (hasPrecision) field.spec += "." + std::to_string(precision.empty() ? 0 : std::stoi(precision));
  return true;
}

} // namespace

std::optional<std::vector<PercentPiece>> percentPieces(std::string_view format, frontend::ast::ListOf<Expr> arguments) {
  for (const Expr* a : arguments)
    if (a->is<frontend::ast::Starred>()) return std::nullopt;
  std::vector<PercentPiece> pieces;
  size_t used = 0;
  for (Reader in(format);;) {
    if (std::string text = in.text(); !text.empty()) pieces.push_back({.text = std::move(text)});
    if (in.atEnd()) break;
    in.take();
    PercentPiece field;
    if (!readField(in, field) || used == arguments.size()) return std::nullopt;
    field.value = arguments[used++];
    pieces.push_back(std::move(field));
  }
  if (used < arguments.size()) return std::nullopt;
  return pieces;
}

} // namespace krait::ir::build
