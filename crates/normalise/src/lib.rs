//! Pure canonical forms of e-mail addresses, phones, handles, wallets, names, URLs and places
