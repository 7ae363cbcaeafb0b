#include "ir/interp/raw_locals.h"

#include "runtime/object/protocol.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"

#include <bit>

namespace krait::ir::interp {

using core::RawKind;

namespace {

// Whether all that is still to come is small; what has ended gives nothing.
bool givesSmallInts(const RangeIterator& it) {
  const int64_t last = it.current + it.step * (it.remaining - 1);
  return Value::fitsSmall(it.current) && Value::fitsSmall(last);
}

bool fits(const RawRegister& raw, Value v) {
  constexpr int64_t kExact = int64_t{1} << 53;
  if (raw.mayBeInt && v.isSmallInt()) return v.smallInt() >= -kExact && v.smallInt() <= kExact;
  switch (raw.kind) {
  case RawKind::Int: return v.isSmallInt();
  case RawKind::Float: return isPlainFloat(v);
  case RawKind::Complex: return isPlainComplex(v);
  case RawKind::Unsigned: {
    uint64_t number;
    return isUnsigned(v, &number);
  }
  // Another holder would see how far it is.
  case RawKind::Range: return v.isPointer() && typeOfObject(v.object()) == &rangeIteratorType && v.object()->refs == 1 && givesSmallInts(*v.as<RangeIterator>());
  case RawKind::List:
  case RawKind::None: break;
  }
  return true;
}

Value ofDouble(double d) { return Value(std::bit_cast<uint64_t>(d)); }
double asDouble(Value v) { return std::bit_cast<double>(v.bits); }
Value ofInt(int64_t v) { return Value(static_cast<uint64_t>(v)); }
int64_t asInt(Value v) { return static_cast<int64_t>(v.bits); }

} // namespace

bool isPlainFloat(Value v) { return v.isImmediateFloat() || (v && isExactFloat(v) && floatValue(v) == floatValue(v)); }

bool isPlainComplex(Value v) {
  if (!v || !v.isPointer() || typeOfObject(v.object()) != &complexType) return false;
  const auto* z = v.as<ComplexObject>();
  return z->real == z->real && z->imag == z->imag;
}

bool isUnsigned(Value v, uint64_t* number) {
  if (!v || !isExactInt(v)) return false;
  if (v.isSmallInt()) {
    *number = static_cast<uint64_t>(v.smallInt());
    return v.smallInt() >= 0;
  }
  const auto* heap = v.as<IntObject>();
  *number = heap->limbs[0];
  return heap->size == 1;
}

void takeApart(Value& word, Value& index) {
  index = ofInt(-1);
  if (!isExact(word, listIteratorType) || word.object()->refs != 1) return;
  const auto* it = word.as<ListIterator>();
  if (!it->list) return;
  index = ofInt(it->index);
  const Value list = newRef(it->list);
  decref(word);
  word = list;
}

bool unboxRawLocals(const Code& code, Value* R) {
  for (const RawRegister& raw : code.raws)
    if (R[raw.word] && !fits(raw, R[raw.word])) return false;
  for (const RawRegister& raw : code.raws) {
    const Value v = R[raw.word];
    if (!v || raw.kind == RawKind::Int) continue;
    Value* parts = R + raw.first;
    if (raw.kind == RawKind::List) {
      takeApart(R[raw.word], parts[0]);
      continue;
    }
    if (raw.mayBeInt && v.isSmallInt()) {
      parts[0] = ofDouble(static_cast<double>(v.smallInt()));
      continue;
    }
    if (raw.kind == RawKind::Float) {
      parts[0] = ofDouble(floatValue(v));
    } else if (raw.kind == RawKind::Unsigned) {
      isUnsigned(v, &parts[0].bits);
    } else if (raw.kind == RawKind::Complex) {
      parts[0] = ofDouble(v.as<ComplexObject>()->real);
      parts[1] = ofDouble(v.as<ComplexObject>()->imag);
    } else {
      const auto* it = v.as<RangeIterator>();
      parts[0] = ofInt(it->current);
      parts[1] = ofInt(it->step);
      parts[2] = ofInt(it->remaining);
    }
    R[raw.word] = kBound;
    decref(v);
  }
  return true;
}

void boxRawLocals(const Code& code, Value* R) {
  for (const RawRegister& raw : code.raws) {
    if (!R[raw.word] || raw.kind == RawKind::Int || (raw.mayBeInt && R[raw.word].isSmallInt())) continue;
    const Value* parts = R + raw.first;
    if (raw.kind == RawKind::Float) R[raw.word] = krt_box_float(asDouble(parts[0]));
    else if (raw.kind == RawKind::Unsigned) R[raw.word] = krt_box_u64(parts[0].bits);
    else if (raw.kind == RawKind::Complex) R[raw.word] = krt_box_complex(asDouble(parts[0]), asDouble(parts[1]));
    else if (raw.kind == RawKind::List) R[raw.word] = asInt(parts[0]) < 0 ? R[raw.word] : krt_list_iterator(R[raw.word], asInt(parts[0]));
    else R[raw.word] = krt_range_iterator(asInt(parts[0]), asInt(parts[1]), asInt(parts[2]));
  }
}

int64_t countOfRange(int64_t start, int64_t stop, int64_t step) {
  // Two numbers of 63 bits are less than 2^63 apart.
  if (step > 0) return start < stop ? (stop - start - 1) / step + 1 : 0;
  return start > stop ? (start - stop - 1) / -step + 1 : 0;
}

} // namespace krait::ir::interp
