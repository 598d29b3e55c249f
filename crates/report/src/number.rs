//! Floats with at most six significant digits.

/// Rounds to six significant decimal digits; what is not finite becomes zero, as JSON has no words for it.
pub(crate) fn rounded(number: f64) -> f64 {
    if !number.is_finite() || number == 0.0 {
        return 0.0;
    }
    // Through decimal text, since that is where the digits count: scaling by powers of ten would round twice.
    format!("{number:.5e}").parse().unwrap_or(0.0)
}

/// The shortest text of a number with at most six significant digits.
pub(crate) fn six_digits(number: f64) -> String {
    rounded(number).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn six_digits_are_kept() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
            (72.1_f32.into(), "72.1"),
            (1_234_567.0, "1234570"),
            (0.123_456_789, "0.123457"),
            (4.2, "4.2"),
            (-0.35, "-0.35"),
            (1.0e-9, "0.000000001"),
        ] {
            assert_eq!(six_digits(number), text);
        }
    }

    proptest! {
        #[test]
        fn rounding_is_close_and_stable(number in any::<f64>()) {
            let once = rounded(number);
            prop_assert_eq!(rounded(once), once);
            if number.is_normal() {
                prop_assert!((once - number).abs() <= number.abs() * 1e-5 || once.is_infinite());
            }
        }
    }
}
