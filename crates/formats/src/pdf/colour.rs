//! Colours, as far as needed to tell text from what lies behind it (ISO 32000-2, 8.6).

use lopdf::{Dictionary, Object};

use super::structure::{Pdf, as_dictionary};

/// Nesting of colour spaces and functions.
const DEPTH: u32 = 6;

/// What something is painted with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ink {
    /// Red, green, blue from 0 to 1.
    Colour([f32; 3]),
    /// A pattern, a picture, or a colour space that is not evaluated: may look like anything.
    Unknown,
}

impl Ink {
    pub(super) const BLACK: Self = Self::Colour([0.0; 3]);
    pub(super) const WHITE: Self = Self::Colour([1.0; 3]);

    /// This ink laid over another with an opacity from 0 to 1.
    pub(super) fn over(self, below: Self, opacity: f32) -> Self {
        match (self, below) {
            (ink, _) if opacity >= 0.99 => ink,
            (_, below) if opacity <= 0.01 => below,
            (Self::Colour(above), Self::Colour(below)) => {
                Self::Colour(std::array::from_fn(|channel| above[channel] * opacity + below[channel] * (1.0 - opacity)))
            }
            _ => Self::Unknown,
        }
    }

    /// Whether letters of this ink cannot be told from the ground: a contrast ratio (WCAG 2.2) under 1.2 and no difference of hue.
    pub(super) fn vanishes_on(self, ground: Self) -> bool {
        let (Self::Colour(ink), Self::Colour(ground)) = (self, ground) else { return false };
        let difference = (0..3).map(|channel| (ink[channel] - ground[channel]).abs()).fold(0.0, f32::max);
        let (ink, ground) = (luminance(ink), luminance(ground));
        let contrast = (ink.max(ground) + 0.05) / (ink.min(ground) + 0.05);
        difference < 0.15 && contrast < 1.2
    }
}

fn luminance(colour: [f32; 3]) -> f32 {
    let linear = |channel: f32| if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

/// A colour space.
#[derive(Clone, Debug)]
pub(super) enum Space {
    Gray,
    Rgb,
    Cmyk,
    Lab,
    Indexed {
        base: Box<Space>,
        table: Vec<u8>,
    },
    /// Separation and DeviceN: a function to another space.
    Tint {
        alternate: Box<Space>,
        function: Function,
    },
    /// `Separation /None`: paints nothing.
    Nothing,
    Pattern,
    Unknown,
}

impl Space {
    /// From the operand of `cs`: a device name, or a name in the resources.
    pub(super) fn named(pdf: &Pdf<'_>, name: &[u8], resources: Option<&Dictionary>) -> Self {
        let device = Self::device(name);
        if !matches!(device, Self::Unknown) {
            return device;
        }
        resources
            .and_then(|resources| pdf.dictionary(resources, "ColorSpace"))
            .and_then(|spaces| spaces.get(name).ok())
            .map_or(Self::Unknown, |space| Self::read(pdf, pdf.resolve(space), DEPTH))
    }

    fn device(name: &[u8]) -> Self {
        match name {
            b"DeviceGray" | b"CalGray" | b"G" => Self::Gray,
            b"DeviceRGB" | b"CalRGB" | b"RGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            b"Lab" => Self::Lab,
            b"Pattern" => Self::Pattern,
            _ => Self::Unknown,
        }
    }

    /// The colour space of a picture.
    pub(super) fn of_object(pdf: &Pdf<'_>, object: &Object) -> Self {
        Self::read(pdf, pdf.resolve(object), DEPTH)
    }

    fn read(pdf: &Pdf<'_>, object: &Object, depth: u32) -> Self {
        let Some(depth) = depth.checked_sub(1) else { return Self::Unknown };
        let items = match object {
            Object::Name(name) => return Self::device(name),
            Object::Array(items) => items,
            _ => return Self::Unknown,
        };
        let item = |index: usize| items.get(index).map(|item| pdf.resolve(item));
        let Some(Object::Name(kind)) = item(0) else { return Self::Unknown };
        match kind.as_slice() {
            b"ICCBased" => match item(1) {
                Some(Object::Stream(profile)) => match pdf.integer(&profile.dict, "N") {
                    Some(1) => Self::Gray,
                    Some(3) => Self::Rgb,
                    Some(4) => Self::Cmyk,
                    _ => Self::Unknown,
                },
                _ => Self::Unknown,
            },
            b"Indexed" | b"I" => {
                let base = item(1).map_or(Self::Unknown, |base| Self::read(pdf, base, depth));
                let table = match item(3) {
                    Some(Object::String(table, _)) => table.clone(),
                    Some(Object::Stream(stream)) => pdf.unpack_within(stream, "a colour table", 4096).into_owned(),
                    _ => Vec::new(),
                };
                Self::Indexed { base: Box::new(base), table }
            }
            b"Separation" if matches!(item(1), Some(Object::Name(name)) if name == b"None") => Self::Nothing,
            b"Separation" | b"DeviceN" => {
                let alternate = item(2).map_or(Self::Unknown, |space| Self::read(pdf, space, depth));
                let function = item(3).map_or(Function::Unknown, |function| Function::read(pdf, function, depth));
                Self::Tint { alternate: Box::new(alternate), function }
            }
            name => Self::device(name),
        }
    }

    pub(super) fn components(&self) -> usize {
        match self {
            Self::Rgb | Self::Lab => 3,
            Self::Cmyk => 4,
            _ => 1,
        }
    }

    /// The colour that is set together with the space (8.6.8).
    pub(super) fn initial(&self) -> Ink {
        match self {
            Self::Pattern | Self::Unknown => Ink::Unknown,
            Self::Cmyk => Ink::BLACK,
            Self::Tint { .. } => self.ink(&[1.0]),
            _ => self.ink(&[0.0; 4][..self.components()]),
        }
    }

    pub(super) fn ink(&self, values: &[f64]) -> Ink {
        let channel = |value: f64| value.clamp(0.0, 1.0) as f32;
        match (self, values) {
            (Self::Gray, [gray, ..]) => Ink::Colour([channel(*gray); 3]),
            (Self::Rgb, [red, green, blue, ..]) => Ink::Colour([channel(*red), channel(*green), channel(*blue)]),
            (Self::Cmyk, [cyan, magenta, yellow, key, ..]) => {
                Ink::Colour([cyan, magenta, yellow].map(|ink| channel((1.0 - ink.clamp(0.0, 1.0)) * (1.0 - key.clamp(0.0, 1.0)))))
            }
            (Self::Lab, [lightness, a, b, ..]) => lab(*lightness, *a, *b),
            (Self::Indexed { base, table }, [index, ..]) => {
                let components = base.components();
                let at = (index.max(0.0) as usize).saturating_mul(components);
                match table.get(at..at.saturating_add(components)) {
                    Some(entry) => base.ink(&entry.iter().map(|&byte| f64::from(byte) / 255.0).collect::<Vec<_>>()),
                    None => Ink::Unknown,
                }
            }
            (Self::Tint { alternate, function }, values) => match function.apply(values) {
                Some(values) => alternate.ink(&values),
                None => Ink::Unknown,
            },
            _ => Ink::Unknown,
        }
    }
}

/// CIE 1976 L*a*b* with white point D50, to sRGB; near enough to tell black from white.
fn lab(lightness: f64, a: f64, b: f64) -> Ink {
    let y = (lightness + 16.0) / 116.0;
    let linear = |t: f64| if t > 6.0 / 29.0 { t.powi(3) } else { 3.0 * (6.0_f64 / 29.0).powi(2) * (t - 4.0 / 29.0) };
    let (x, y, z) = (0.9642 * linear(y + a / 500.0), linear(y), 0.8249 * linear(y - b / 200.0));
    let gamma = |value: f64| {
        let value = value.clamp(0.0, 1.0);
        (if value <= 0.003_130_8 { 12.92 * value } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 }) as f32
    };
    Ink::Colour([
        gamma(3.1339 * x - 1.6169 * y - 0.4906 * z),
        gamma(-0.9788 * x + 1.9161 * y + 0.0335 * z),
        gamma(0.0719 * x - 0.2290 * y + 1.4052 * z),
    ])
}

/// A function (7.10); PostScript functions (type 4) are not evaluated.
#[derive(Clone, Debug)]
pub(super) enum Function {
    /// Type 2.
    Exponential {
        from: Vec<f64>,
        to: Vec<f64>,
        exponent: f64,
    },
    /// Type 0 with one input, nearest sample.
    Sampled {
        outputs: usize,
        samples: Vec<u8>,
        range: Vec<f64>,
    },
    /// Type 3.
    Stitched {
        parts: Vec<Function>,
        bounds: Vec<f64>,
    },
    Unknown,
}

impl Function {
    fn read(pdf: &Pdf<'_>, object: &Object, depth: u32) -> Self {
        let (Some(depth), Some(dictionary)) = (depth.checked_sub(1), as_dictionary(object)) else { return Self::Unknown };
        let numbers = |key: &str| pdf.array(dictionary, key).map(|array| pdf.numbers(array));
        match (pdf.integer(dictionary, "FunctionType"), object) {
            (Some(2), _) => Self::Exponential {
                from: numbers("C0").unwrap_or_else(|| vec![0.0]),
                to: numbers("C1").unwrap_or_else(|| vec![1.0]),
                exponent: pdf.number(dictionary, "N").unwrap_or(1.0),
            },
            (Some(3), _) => Self::Stitched {
                parts: pdf
                    .array(dictionary, "Functions")
                    .unwrap_or_default()
                    .iter()
                    .take(32)
                    .map(|part| Self::read(pdf, pdf.resolve(part), depth))
                    .collect(),
                bounds: numbers("Bounds").unwrap_or_default(),
            },
            (Some(0), Object::Stream(stream)) => {
                let range = numbers("Range").unwrap_or_default();
                let single = numbers("Size").is_some_and(|size| size.len() == 1);
                if !single || pdf.integer(dictionary, "BitsPerSample") != Some(8) || range.is_empty() {
                    return Self::Unknown;
                }
                Self::Sampled {
                    outputs: range.len() / 2,
                    samples: pdf.unpack_within(stream, "a function", 1 << 16).into_owned(),
                    range,
                }
            }
            _ => Self::Unknown,
        }
    }

    fn apply(&self, inputs: &[f64]) -> Option<Vec<f64>> {
        let input = inputs.first()?.clamp(0.0, 1.0);
        match self {
            Self::Exponential { from, to, exponent } => {
                let weight = input.powf(*exponent);
                Some(from.iter().zip(to).map(|(from, to)| from + weight * (to - from)).collect())
            }
            Self::Sampled { outputs, samples, range } => {
                let rows = samples.len().checked_div(*outputs)?.checked_sub(1)?;
                let row = (input * rows as f64).round() as usize;
                let values = samples.get(row * outputs..(row + 1) * outputs)?;
                Some(
                    values
                        .iter()
                        .zip(range.chunks_exact(2))
                        .map(|(&sample, range)| range[0] + f64::from(sample) / 255.0 * (range[1] - range[0]))
                        .collect(),
                )
            }
            Self::Stitched { parts, bounds } => {
                let part = bounds.iter().take_while(|bound| **bound <= input).count().min(parts.len().checked_sub(1)?);
                let low = part.checked_sub(1).and_then(|before| bounds.get(before)).copied().unwrap_or(0.0);
                let high = bounds.get(part).copied().unwrap_or(1.0);
                let inner = if high > low { (input - low) / (high - low) } else { 0.0 };
                parts[part].apply(&[inner])
            }
            Self::Unknown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_cannot_see() {
        let gray = |value: f32| Ink::Colour([value; 3]);
        assert!(Ink::WHITE.vanishes_on(Ink::WHITE));
        assert!(gray(0.94).vanishes_on(Ink::WHITE));
        assert!(!gray(0.85).vanishes_on(Ink::WHITE));
        assert!(gray(0.15).vanishes_on(gray(0.13)));
        assert!(!Ink::Colour([1.0, 1.0, 0.0]).vanishes_on(Ink::WHITE));
        assert!(!Ink::WHITE.vanishes_on(Ink::Unknown));
        assert!(!Ink::WHITE.vanishes_on(Ink::Colour([0.1, 0.2, 0.4])));
    }

    #[test]
    fn inks_of_the_spaces() {
        assert_eq!(Space::Cmyk.ink(&[0.0, 0.0, 0.0, 1.0]), Ink::BLACK);
        assert_eq!(Space::Cmyk.ink(&[0.0; 4]), Ink::WHITE);
        assert_eq!(Space::Gray.initial(), Ink::BLACK);
        let spot = Space::Tint {
            alternate: Box::new(Space::Cmyk),
            function: Function::Exponential { from: vec![0.0; 4], to: vec![0.0, 0.0, 0.0, 1.0], exponent: 1.0 },
        };
        assert_eq!((spot.ink(&[1.0]), spot.ink(&[0.0])), (Ink::BLACK, Ink::WHITE));
        let indexed = Space::Indexed { base: Box::new(Space::Rgb), table: vec![255, 255, 255, 0, 0, 0] };
        assert_eq!((indexed.ink(&[0.0]), indexed.ink(&[1.0]), indexed.ink(&[2.0])), (Ink::WHITE, Ink::BLACK, Ink::Unknown));
        let Ink::Colour(white) = Space::Lab.ink(&[100.0, 0.0, 0.0]) else { panic!() };
        assert!(white.iter().all(|channel| *channel > 0.98));
    }
}
