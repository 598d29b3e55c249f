//! Mails of an application's correspondence, through a folder's reader: any bytes.
#![no_main]

use std::fs;

use bonafide_formats::limits::Limits;
use bonafide_intake::folder::{self, InProcess};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let folder = std::env::temp_dir().join(format!("bonafide-fuzz-mail-{}", std::process::id()));
    let mail = folder.join("mail");
    if fs::create_dir_all(&mail).is_ok() && fs::write(mail.join("1.eml"), bytes).is_ok() {
        let _ = folder::read(&folder, &InProcess::default(), &Limits::default());
    }
});
