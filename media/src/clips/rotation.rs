//! Marks a video as filmed with the phone held upright.

use std::io;

/// Bytes from the `tkhd` box's type to its matrix (ISO/IEC 14496-12, 8.3.2, version 0).
const MATRIX: usize = 44;

/// Writes "turn by 90° clockwise" into the first track header of an MP4 or MOV file. Done by hand
/// because ffmpeg's option for it has another name in each major version.
pub(super) fn turn_clockwise(file: &mut [u8]) -> io::Result<()> {
    let header = file.windows(4).position(|word| word == b"tkhd");
    let matrix = header.and_then(|at| file.get_mut(at + MATRIX..at + MATRIX + 36));
    let matrix = matrix.ok_or_else(|| io::Error::other("the file has no track header"))?;
    let one = 1_i32 << 16;
    let turned = [0, one, 0, -one, 0, 0, 0, 0, 1 << 30];
    for (cell, value) in matrix.chunks_exact_mut(4).zip(turned) {
        cell.copy_from_slice(&i32::to_be_bytes(value));
    }
    Ok(())
}
