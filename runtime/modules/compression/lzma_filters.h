// Filter chains of liblzma as _lzma describes them: dicts with "id" and the filter's options.
#pragma once
#include <lzma.h>
#include <memory>
#include <variant>
#include <vector>

#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

extern Type* lzmaError; // _lzma.LZMAError, once the module has run

/// An exception for liblzma's answer; false if it is none.
bool raiseLzma(lzma_ret code);

/// Filters with the storage of their options, ended as liblzma wants it.
class FilterChain {
public:
  /// A sequence of filter dicts. False with an exception.
  bool read(Value specifiers);
  /// One filter dict. False with an exception.
  bool add(Value specifier);
  const lzma_filter* data();
  size_t size() const { return filters_.size(); }
  lzma_vli id(size_t i) const { return filters_[i].id; }
  const void* options(size_t i) const { return filters_[i].options; }

private:
  using Options = std::variant<lzma_options_lzma, lzma_options_delta, lzma_options_bcj>;
  std::vector<lzma_filter> filters_;
  std::vector<std::unique_ptr<Options>> options_;
};

/// "lc" and the like of what liblzma decoded, as a dict (owned).
Value describeFilter(const lzma_filter& filter);
/// An unsigned number of at most `bits` bits. False with an exception.
bool toUnsigned(Value v, int bits, uint64_t* out);

} // namespace krait
