// audioop: arithmetic on fragments of raw audio.
//
// A fragment is any bytes-like object; results are new bytes. What goes through
// all samples alike is a loop over mapped(); measures are loops of their own.
#include <numeric>
#include <vector>

#include "runtime/modules/audio/samples.h"
#include "runtime/modules/module_exception.h"
#include "runtime/types/arguments.h"
#include "runtime/types/byte_output.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait::audio {
namespace {

Type* errorType; // set when the module is made

bool checkWidth(int width) {
  if (width >= 1 && width <= 4) return true;
  raise(*errorType, "Size should be 1, 2, 3 or 4");
  return false;
}

/// A fragment of samples of one width, for the length of a call.
struct Fragment {
  HeldBuffer buffer;
  const uint8_t* data = nullptr;
  int64_t size = 0, count = 0; // bytes, samples
  int width = 0;

  bool get(Value v) {
    if (!buffer.get(v)) return false;
    data = buffer.data();
    size = buffer.size();
    return true;
  }
  bool get(Value v, Value w) { return get(v) && intArgument(w, &width) && checkFrames(1); }
  bool checkFrames(int channels) {
    if (!checkWidth(width)) return false;
    count = size / width;
    if (size % (int64_t{width} * channels) == 0) return true;
    raise(*errorType, "not a whole number of frames");
    return false;
  }
  /// Of 16 bits each.
  bool checkShorts() {
    width = 2;
    count = size / 2;
    if (size % 2 == 0) return true;
    raise(*errorType, "Strings should be even-sized");
    return false;
  }
  int32_t operator[](int64_t i) const { return sampleAt(data + i * width, width); }
  int32_t wide(int64_t i) const { return wideSampleAt(data + i * width, width); }
};

bool numberArgument(Value v, double* out) {
  *out = toDouble(v);
  return *out != -1.0 || !errorSet();
}

/// New bytes of `count` samples of `width` bytes, each written by `put(address, index)`.
template <class Put> Value mapped(int64_t count, int width, Put put) {
  ByteOutput made;
  if (!made.reserve(count * width)) return Value();
  for (int64_t i = 0; i < count; ++i) put(made.data() + i * width, i);
  made.setSize(count * width);
  return made.take();
}

// ---- measures -----------------------------------------------------------------------------------

Value getSample(Value, const Value* argv) {
  Fragment f;
  int64_t i = 0;
  if (!f.get(argv[0], argv[1]) || !sizeArgument(argv[2], &i)) return Value();
  return i < 0 || i >= f.count ? raise(*errorType, "Index out of range") : newInt(f[i]);
}
Value maxFunction(Value, const Value* argv) {
  Fragment f;
  if (!f.get(argv[0], argv[1])) return Value();
  int64_t most = 0;
  for (int64_t i = 0; i < f.count; ++i) most = std::max(most, std::abs(int64_t{f[i]}));
  return newInt(most);
}
Value minMax(Value, const Value* argv) {
  Fragment f;
  if (!f.get(argv[0], argv[1])) return Value();
  int32_t least = INT32_MAX, most = INT32_MIN;
  for (int64_t i = 0; i < f.count; ++i) {
    least = std::min(least, f[i]);
    most = std::max(most, f[i]);
  }
  return newTuple({newInt(least), newInt(most)});
}
Value average(Value, const Value* argv) {
  Fragment f;
  if (!f.get(argv[0], argv[1])) return Value();
  double sum = 0;
  for (int64_t i = 0; i < f.count; ++i) sum += f[i];
  return newInt(f.count ? static_cast<int64_t>(std::floor(sum / static_cast<double>(f.count))) : 0);
}
Value rootMeanSquare(Value, const Value* argv) {
  Fragment f;
  if (!f.get(argv[0], argv[1])) return Value();
  double sum = 0;
  for (int64_t i = 0; i < f.count; ++i) sum += double(f[i]) * f[i];
  return newInt(f.count ? static_cast<int64_t>(std::sqrt(sum / static_cast<double>(f.count))) : 0);
}

/// Calls `found` with the differences between neighbouring extremes.
template <class Found> void peaks(const Fragment& f, Found found) {
  if (f.count < 2) return;
  int32_t before = f[0], extreme = 0;
  bool hasExtreme = false, hasDirection = false, wasDown = false;
  for (int64_t i = 1; i < f.count; ++i) {
    const int32_t v = f[i];
    if (v == before) continue;
    const bool down = v < before;
    if (hasDirection && wasDown != down) {
      if (hasExtreme) found(std::abs(int64_t{before} - extreme));
      hasExtreme = true;
      extreme = before;
    }
    before = v;
    wasDown = down;
    hasDirection = true;
  }
}
Value averagePeak(Value, const Value* argv) {
  Fragment f;
  if (!f.get(argv[0], argv[1])) return Value();
  double sum = 0;
  int64_t n = 0;
  peaks(f, [&](int64_t difference) { sum += static_cast<double>(difference), ++n; });
  return newInt(n ? static_cast<int64_t>(sum / static_cast<double>(n)) : 0);
}
Value maxPeak(Value, const Value* argv) {
  Fragment f;
  if (!f.get(argv[0], argv[1])) return Value();
  int64_t most = 0;
  peaks(f, [&](int64_t difference) { most = std::max(most, difference); });
  return newInt(most);
}
Value crossings(Value, const Value* argv) {
  Fragment f;
  if (!f.get(argv[0], argv[1])) return Value();
  int64_t n = f.count ? 0 : -1;
  for (int64_t i = 1; i < f.count; ++i) n += (f[i] < 0) != (f[i - 1] < 0);
  return newInt(n);
}

// ---- search in samples of 16 bits ---------------------------------------------------------------

double product(const Fragment& a, int64_t from, const Fragment& b, int64_t start, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; ++i) sum += double(a[from + i]) * double(b[start + i]);
  return sum;
}
Value findFit(Value, const Value* argv) {
  Fragment f, wanted;
  if (!f.get(argv[0]) || !wanted.get(argv[1]) || !f.checkShorts() || !wanted.checkShorts()) return Value();
  if (f.count < wanted.count) return raise(*errorType, "First sample should be longer");
  const int64_t n = wanted.count;
  const double power = product(wanted, 0, wanted, 0, n);
  double mine = product(f, 0, f, 0, n), common = product(f, 0, wanted, 0, n);
  double best = (power * mine - common * common) / mine;
  int64_t at = 0;
  for (int64_t i = 1; i <= f.count - n; ++i) {
    mine += double(f[i + n - 1]) * f[i + n - 1] - double(f[i - 1]) * f[i - 1];
    common = product(f, i, wanted, 0, n);
    const double result = (power * mine - common * common) / mine;
    if (result >= best) continue;
    best = result;
    at = i;
  }
  return newTuple({newInt(at), newFloat(product(f, at, wanted, 0, n) / power)});
}
Value findFactor(Value, const Value* argv) {
  Fragment f, reference;
  if (!f.get(argv[0]) || !reference.get(argv[1]) || !f.checkShorts() || !reference.checkShorts()) return Value();
  if (f.size != reference.size) return raise(*errorType, "Samples should be same size");
  return newFloat(product(f, 0, reference, 0, f.count) / product(reference, 0, reference, 0, f.count));
}
Value findMax(Value, const Value* argv) {
  Fragment f;
  int64_t n = 0;
  if (!f.get(argv[0]) || !sizeArgument(argv[1], &n) || !f.checkShorts()) return Value();
  if (n < 0 || f.count < n) return raise(*errorType, "Input sample should be longer");
  double power = product(f, 0, f, 0, n), best = power;
  int64_t at = 0;
  for (int64_t i = 1; i <= f.count - n; ++i) {
    power += double(f[i + n - 1]) * f[i + n - 1] - double(f[i - 1]) * f[i - 1];
    if (power <= best) continue;
    best = power;
    at = i;
  }
  return newInt(at);
}

// ---- the same for each sample -------------------------------------------------------------------

Value multiply(Value, const Value* argv) {
  Fragment f;
  double factor;
  if (!f.get(argv[0], argv[1]) || !numberArgument(argv[2], &factor)) return Value();
  return mapped(f.count, f.width, [&](uint8_t* to, int64_t i) { putSample(to, f.width, bounded(double(f[i]) * factor, f.width)); });
}
Value toMono(Value, const Value* argv) {
  Fragment f;
  double left, right;
  if (!f.get(argv[0]) || !intArgument(argv[1], &f.width) || !numberArgument(argv[2], &left) || !numberArgument(argv[3], &right) ||
      !f.checkFrames(2))
    return Value();
  return mapped(f.count / 2, f.width, [&](uint8_t* to, int64_t i) {
    putSample(to, f.width, bounded(double(f[2 * i]) * left + double(f[2 * i + 1]) * right, f.width));
  });
}
Value toStereo(Value, const Value* argv) {
  Fragment f;
  double left, right;
  if (!f.get(argv[0], argv[1]) || !numberArgument(argv[2], &left) || !numberArgument(argv[3], &right)) return Value();
  return mapped(f.count * 2, f.width, [&](uint8_t* to, int64_t i) {
    putSample(to, f.width, bounded(double(f[i / 2]) * (i % 2 ? right : left), f.width));
  });
}
Value addFunction(Value, const Value* argv) {
  Fragment f, g;
  if (!f.get(argv[0]) || !g.get(argv[1]) || !intArgument(argv[2], &f.width) || !f.checkFrames(1)) return Value();
  g.width = f.width;
  if (f.size != g.size) return raise(*errorType, "Lengths should be the same");
  return mapped(f.count, f.width, [&](uint8_t* to, int64_t i) {
    putSample(to, f.width, bounded(double(f[i]) + double(g[i]), f.width));
  });
}
Value biasFunction(Value, const Value* argv) {
  Fragment f;
  int bias = 0;
  if (!f.get(argv[0], argv[1]) || !intArgument(argv[2], &bias)) return Value();
  return mapped(f.count, f.width, [&](uint8_t* to, int64_t i) {
    putSample(to, f.width, static_cast<int32_t>(static_cast<uint32_t>(f[i]) + static_cast<uint32_t>(bias)));
  });
}
Value reverseFunction(Value, const Value* argv) {
  Fragment f;
  if (!f.get(argv[0], argv[1])) return Value();
  return mapped(f.count, f.width, [&](uint8_t* to, int64_t i) { putSample(to, f.width, f[f.count - 1 - i]); });
}
Value byteSwap(Value, const Value* argv) {
  Fragment f;
  if (!f.get(argv[0], argv[1])) return Value();
  return mapped(f.count, f.width, [&](uint8_t* to, int64_t i) {
    for (int k = 0; k < f.width; ++k) to[k] = f.data[i * f.width + f.width - 1 - k];
  });
}

// ---- conversions --------------------------------------------------------------------------------

Value linearToLinear(Value, const Value* argv) {
  Fragment f;
  int width = 0;
  if (!f.get(argv[0], argv[1]) || !intArgument(argv[2], &width) || !checkWidth(width)) return Value();
  return mapped(f.count, width, [&](uint8_t* to, int64_t i) { putWideSample(to, width, f.wide(i)); });
}
template <uint8_t Encode(int32_t), int Shift> Value linearToLaw(Value, const Value* argv) {
  Fragment f;
  if (!f.get(argv[0], argv[1])) return Value();
  return mapped(f.count, 1, [&](uint8_t* to, int64_t i) { *to = Encode(f.wide(i) >> Shift); });
}
template <int32_t Decode(uint8_t)> Value lawToLinear(Value, const Value* argv) {
  Fragment f;
  int width = 0;
  if (!f.get(argv[0]) || !intArgument(argv[1], &width) || !checkWidth(width)) return Value();
  return mapped(f.size, width, [&](uint8_t* to, int64_t i) {
    putWideSample(to, width, static_cast<int32_t>(static_cast<uint32_t>(Decode(f.data[i])) << 16));
  });
}

bool stateTuple(Value v) {
  if (isTuple(v)) return true;
  raise(TypeErrorType, "state must be a tuple or None");
  return false;
}
/// None, or (predicted value, index).
bool adaptiveState(Value v, const char* function, Adaptive* a) {
  if (isNone(v)) return true;
  if (!stateTuple(v)) return false;
  if (asTuple(v)->size != 2) {
    raise(TypeErrorType, "%s(): illegal state argument", function);
    return false;
  }
  if (!intArgument(asTuple(v)->items[0], &a->predicted) || !intArgument(asTuple(v)->items[1], &a->index)) return false;
  if (a->isValid()) return true;
  raise(ValueErrorType, "bad state");
  return false;
}
Value withState(Value bytes, const Adaptive& a) {
  Ref made(bytes), state(newTuple({newInt(a.predicted), newInt(a.index)}));
  return made && state ? newTuple({made, state}) : Value();
}
Value linearToAdaptive(Value, const Value* argv) {
  Fragment f;
  Adaptive a;
  if (!f.get(argv[0], argv[1]) || !adaptiveState(argv[2], "lin2adpcm", &a)) return Value();
  Ref made(mapped(f.count / 2, 1, [&](uint8_t* to, int64_t i) {
    const uint8_t high = a.encode(f.wide(2 * i) >> 16);
    *to = static_cast<uint8_t>(high << 4 | a.encode(f.wide(2 * i + 1) >> 16));
  }));
  if (f.count % 2) a.encode(f.wide(f.count - 1) >> 16); // which is lost
  return withState(made.release(), a);
}
Value adaptiveToLinear(Value, const Value* argv) {
  Fragment f;
  Adaptive a;
  if (!f.get(argv[0]) || !intArgument(argv[1], &f.width) || !checkWidth(f.width) || !adaptiveState(argv[2], "adpcm2lin", &a)) return Value();
  return withState(mapped(f.size * 2, f.width, [&](uint8_t* to, int64_t i) {
    const int sample = a.decode(static_cast<uint8_t>(i % 2 ? f.data[i / 2] & 0xf : f.data[i / 2] >> 4));
    putWideSample(to, f.width, static_cast<int32_t>(static_cast<uint32_t>(sample) << 16));
  }), a);
}

// ---- rates --------------------------------------------------------------------------------------

struct Channel { int before = 0, now = 0; };

/// None, or (distance, ((before, now), …)).
bool rateState(Value v, int* distance, std::vector<Channel>& channels) {
  if (isNone(v)) return true;
  if (!stateTuple(v)) return false;
  const char* illegal = "ratecv(): illegal state argument";
  if (asTuple(v)->size != 2 || !isTuple(asTuple(v)->items[1])) return raise(TypeErrorType, "%s", illegal), false;
  if (!intArgument(asTuple(v)->items[0], distance)) return false;
  const TupleObject* samples = asTuple(asTuple(v)->items[1]);
  if (samples->size != static_cast<int64_t>(channels.size())) return raise(*errorType, "illegal state argument"), false;
  for (size_t i = 0; i < channels.size(); ++i) {
    const Value pair = samples->items[i];
    if (!isTuple(pair) || asTuple(pair)->size != 2) return raise(TypeErrorType, "%s", illegal), false;
    if (!intArgument(asTuple(pair)->items[0], &channels[i].before) || !intArgument(asTuple(pair)->items[1], &channels[i].now)) return false;
  }
  return true;
}
Value rateStateOf(int distance, const std::vector<Channel>& channels) {
  Ref samples(newTuple(static_cast<int64_t>(channels.size())));
  for (size_t i = 0; samples && i < channels.size(); ++i)
    if (!(asTuple(samples)->items[i] = newTuple({newInt(channels[i].before), newInt(channels[i].now)}))) return Value();
  return samples ? newTuple({newInt(distance), samples}) : Value();
}

Value convertRate(Value, const Value* argv) {
  Fragment f;
  int width = 0, channelCount = 0, in = 0, out = 0, weightA = 1, weightB = 0;
  if (!f.get(argv[0]) || !intArgument(argv[1], &width) || !intArgument(argv[2], &channelCount) || !intArgument(argv[3], &in) ||
      !intArgument(argv[4], &out) || !intArgument(argv[6], &weightA) || !intArgument(argv[7], &weightB) || !checkWidth(width))
    return Value();
  if (channelCount < 1) return raise(*errorType, "# of channels should be >= 1");
  if (width > INT32_MAX / channelCount) return raise(OverflowErrorType, "width * nchannels too big for a C int");
  if (weightA < 1 || weightB < 0) return raise(*errorType, "weightA should be >= 1, weightB should be >= 0");
  f.width = width;
  if (!f.checkFrames(channelCount)) return Value();
  if (in <= 0 || out <= 0) return raise(*errorType, "sampling rate not > 0");
  const int rates = std::gcd(in, out), weights = std::gcd(weightA, weightB);
  in /= rates;
  out /= rates;
  weightA /= weights;
  weightB /= weights;
  std::vector<Channel> channels(static_cast<size_t>(channelCount));
  int distance = -out;
  if (!rateState(argv[5], &distance, channels)) return Value();
  // The output lies between the last two frames of the input, `distance` before the later one.
  std::vector<uint8_t> made;
  made.reserve(static_cast<size_t>(static_cast<double>(f.size) * out / in) + static_cast<size_t>(width * channelCount));
  const int64_t frames = f.count / channelCount;
  for (int64_t frame = 0;;) {
    while (distance < 0) {
      if (frame == frames) {
        Ref bytes(newBytes(made.data(), made.size())), state(rateStateOf(distance, channels));
        return bytes && state ? newTuple({bytes, state}) : Value();
      }
      for (int i = 0; i < channelCount; ++i) {
        Channel& c = channels[static_cast<size_t>(i)];
        c.before = c.now;
        const double now = f.wide(frame * channelCount + i);
        c.now = static_cast<int>((double(weightA) * now + double(weightB) * double(c.before)) / (double(weightA) + double(weightB)));
      }
      ++frame;
      distance += out;
    }
    while (distance >= 0) {
      for (const Channel& c : channels) {
        const double between = (double(c.before) * double(distance) + double(c.now) * double(out - distance)) / double(out);
        uint8_t sample[4];
        putWideSample(sample, width, static_cast<int32_t>(between));
        made.insert(made.end(), sample, sample + width);
      }
      distance -= in;
    }
  }
}

constexpr MethodDef methods[] = {
    {"max", maxFunction, "($module, fragment, width, /)"},
    {"minmax", minMax, "($module, fragment, width, /)"},
    {"avg", average, "($module, fragment, width, /)"},
    {"rms", rootMeanSquare, "($module, fragment, width, /)"},
    {"avgpp", averagePeak, "($module, fragment, width, /)"},
    {"maxpp", maxPeak, "($module, fragment, width, /)"},
    {"cross", crossings, "($module, fragment, width, /)"},
    {"getsample", getSample, "($module, fragment, width, index, /)"},
    {"findfit", findFit, "($module, fragment, reference, /)"},
    {"findfactor", findFactor, "($module, fragment, reference, /)"},
    {"findmax", findMax, "($module, fragment, length, /)"},
    {"mul", multiply, "($module, fragment, width, factor, /)"},
    {"tomono", toMono, "($module, fragment, width, lfactor, rfactor, /)"},
    {"tostereo", toStereo, "($module, fragment, width, lfactor, rfactor, /)"},
    {"add", addFunction, "($module, fragment1, fragment2, width, /)"},
    {"bias", biasFunction, "($module, fragment, width, bias, /)"},
    {"reverse", reverseFunction, "($module, fragment, width, /)"},
    {"byteswap", byteSwap, "($module, fragment, width, /)"},
    {"lin2lin", linearToLinear, "($module, fragment, width, newwidth, /)"},
    {"lin2ulaw", linearToLaw<toMuLaw, 18>, "($module, fragment, width, /)"},
    {"ulaw2lin", lawToLinear<fromMuLaw>, "($module, fragment, width, /)"},
    {"lin2alaw", linearToLaw<toALaw, 19>, "($module, fragment, width, /)"},
    {"alaw2lin", lawToLinear<fromALaw>, "($module, fragment, width, /)"},
    {"lin2adpcm", linearToAdaptive, "($module, fragment, width, state, /)"},
    {"adpcm2lin", adaptiveToLinear, "($module, fragment, width, state, /)"},
    {"ratecv", convertRate, "($module, fragment, width, nchannels, inrate, outrate, state, weightA=1, weightB=0, /)"},
    {},
};

int execute(Value module) {
  if (warn(DeprecationWarningType, 1, "'audioop' is deprecated and slated for removal in Python 3.13") < 0) return -1;
  errorType = addModuleException(module, "audioop", "error", ExceptionType);
  return errorType ? 0 : -1;
}

} // namespace
} // namespace krait::audio

extern "C" constinit const krait::NativeModule krt_module_audioop = {"audioop", krait::audio::methods, krait::audio::execute};
