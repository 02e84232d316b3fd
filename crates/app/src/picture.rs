//! Pictures that somebody uploads: made small enough for a bad line, with nothing left in them but what
//! one sees. A camera writes where and when into its files; that is never kept.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage};
use mentoring::Say;

/// Pixels of the longer side, at most.
const SIDE: u32 = 720;
/// Bytes of a picture kept, at most.
const BYTES: usize = 40_000;
/// Pixels a side of a file read, at most: more than any camera's.
const READ_SIDE: u32 = 16_384;
/// Memory that reading one may take.
const MEMORY: u64 = 512 * 1024 * 1024;

/// A picture as a JPEG file of at most 720 pixels a side and 40,000 bytes, turned as it was taken.
///
/// # Errors
/// A sentence if the bytes are no JPEG, PNG or WebP file, or one too large to read.
pub(crate) fn small(bytes: &[u8]) -> Result<Vec<u8>, Say> {
    let no_picture = |_| Say::new("picture-none");
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Say::new("picture-none"))?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(READ_SIDE), Some(READ_SIDE));
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(no_picture)?;
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(no_picture)?;
    picture.apply_orientation(turned);
    if picture.width().max(picture.height()) > SIDE {
        picture = picture.resize(SIDE, SIDE, FilterType::Triangle);
    }
    let mut flat = on_white(&picture);
    loop {
        for quality in [80, 70, 60, 50, 40] {
            let mut jpeg = Vec::new();
            JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(&flat).map_err(no_picture)?;
            if jpeg.len() <= BYTES {
                return Ok(jpeg);
            }
        }
        let smaller = |side: u32| (side * 4 / 5).max(1);
        flat = image::imageops::resize(&flat, smaller(flat.width()), smaller(flat.height()), FilterType::Triangle);
    }
}

/// What shines through becomes white, as on paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let picture = picture.to_rgba8();
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (to, from) in flat.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, opaque] = from.0.map(u32::from);
        let over = |colour: u32| ((colour * opaque + 255 * (255 - opaque)) / 255) as u8;
        *to = Rgb([over(red), over(green), over(blue)]);
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgba, RgbaImage};

    fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A JPEG file as a camera writes it: turned, and with a word of its own.
    fn from_camera(picture: &DynamicImage) -> Vec<u8> {
        // TIFF, big-endian: one entry, 0x0112 (orientation), a short, 6 (turn right by 90 degrees).
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend(b"KANARIE 55.7047N 13.1910E");
        let jpeg = written(picture, ImageFormat::Jpeg);
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn nothing_is_left_of_where_a_picture_was_taken() {
        let wide = DynamicImage::ImageRgb8(RgbImage::from_pixel(300, 200, Rgb([10, 120, 90])));
        let camera = from_camera(&wide);
        assert!(camera.windows(7).any(|it| it == b"KANARIE"));
        let kept = small(&camera).unwrap();
        assert!(!kept.windows(7).any(|it| it == b"KANARIE") && !kept.windows(4).any(|it| it == b"Exif"));
        let seen = image::load_from_memory(&kept).unwrap();
        assert_eq!((seen.width(), seen.height()), (200, 300), "turned as it was taken");
    }

    #[test]
    fn every_picture_becomes_small() {
        let mut state = 1_u32;
        let mut noise = RgbImage::new(900, 600);
        for pixel in noise.pixels_mut() {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *pixel = Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8]);
        }
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let kept = small(&written(&DynamicImage::ImageRgb8(noise.clone()), format)).unwrap();
            assert!(kept.len() <= BYTES, "{format:?}: {}", kept.len());
        }
        let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0])));
        let kept = image::load_from_memory(&small(&written(&clear, ImageFormat::Png)).unwrap()).unwrap().to_rgb8();
        assert!(kept.get_pixel(4, 4).0.iter().all(|colour| *colour > 250), "what shines through is white");
    }

    #[test]
    fn what_is_no_picture_is_told() {
        let png = written(&DynamicImage::ImageRgb8(RgbImage::new(4, 4)), ImageFormat::Png);
        // The same file, said to be 60,000 pixels wide and high: a few bytes that would fill the memory.
        let mut huge = png.clone();
        huge[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let cut = &png[..png.len() / 2];
        for bytes in [&b""[..], b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", &huge, cut] {
            assert_eq!(small(bytes), Err(Say::new("picture-none")));
        }
    }
}
