//! One assessment as terminal text, self-contained HTML and JSON v1
