//! Bytes as text.

use encoding_rs::{Encoding, WINDOWS_1252};
use mentoring::Say;

/// UTF-8 with or without a mark, UTF-16 with one, else Windows-1252, as Swedish spreadsheets save.
///
/// # Errors
/// A sentence that says that it is no text.
pub(crate) fn text(bytes: &[u8]) -> Result<String, Say> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    if bytes.contains(&0) {
        return Err(Say::new("file-kind"));
    }
    Ok(match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    })
}
