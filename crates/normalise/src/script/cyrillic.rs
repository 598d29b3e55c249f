//! Cyrillic letters in Latin: BGN/PCGN for Russian as the base form, with the letters of Ukrainian, Belarusian, Serbian, Macedonian
//! and the Kazakh extension. Other systems (ISO 9, GOST, scientific, French, German) meet this form in [`super::sound`].

use super::MAX_WORD;

/// Appends the Latin form of a word; letters of other scripts are kept where they are ASCII.
pub(super) fn romanise_into(word: &str, roman: &mut String) {
    let mut before = ' ';
    for letter in word.chars().flat_map(char::to_lowercase) {
        if roman.len() >= MAX_WORD {
            return;
        }
        match letter_in_latin(letter, before) {
            Some(latin) => roman.push_str(latin),
            None if letter.is_ascii_alphanumeric() => roman.push(letter),
            None => {}
        }
        before = letter;
    }
}

fn letter_in_latin(letter: char, before: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' | 'ѓ' => "g",
        'д' => "d",
        // BGN/PCGN: "ye" at the beginning and behind vowels and signs.
        'е' if matches!(before, ' ' | 'а' | 'е' | 'ё' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'ъ' | 'ь') => "ye",
        'е' | 'э' => "e",
        'ё' => "yo",
        'є' => "ye",
        'ж' => "zh",
        'з' | 'ѕ' => "z",
        'и' | 'і' => "i",
        'ї' => "yi",
        'й' | 'ы' => "y",
        'ј' => "j",
        'к' | 'қ' | 'ќ' => "k",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' => "n",
        'њ' => "nj",
        'ң' => "ng",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ћ' => "c",
        'ђ' => "dj",
        'џ' => "dz",
        'у' | 'ү' | 'ұ' => "u",
        'ў' => "w",
        'ф' => "f",
        'х' => "kh",
        'һ' | 'ҳ' => "h",
        'ц' => "ts",
        'ч' | 'ҷ' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    })
}
