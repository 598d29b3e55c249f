//! Classes of characters that matter in dates.

/// The value of an ASCII or full-width digit.
pub(super) const fn digit(character: char) -> Option<u32> {
    match character {
        '0'..='9' => Some(character as u32 - '0' as u32),
        '０'..='９' => Some(character as u32 - '０' as u32),
        _ => None,
    }
}

pub(super) const fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '`' | '´' | 'ʼ')
}

/// Dashes, tildes, and what a dash turns into on its way through encodings and PDF fonts.
pub(super) const fn is_dash(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{00AD}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2212}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
                | '~'
                | '\u{301C}'
                | '\u{FF5E}'
                | '\u{02D7}'
                | '\u{0096}'
                | '\u{0097}'
                | '\u{FFFD}'
                | '\u{F0B7}'
    )
}

/// Scripts that put no space between words.
pub(super) const fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}')
}
