//! Tables written and read back, in every form.

use super::file::{Chunk, KeptTable, TableFile, write_table};
use super::{Cell, Head, Kind, Rows};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::fs::{self, File};
use std::path::Path;

const HEAD: Head = Head { name: "t", columns: &["words", "n", "share", "is", "mixed", "none"] };
const KINDS: [Kind; 6] = [Kind::Text, Kind::Count, Kind::Number, Kind::Flag, Kind::Number, Kind::Text];

fn rows(word: &str) -> Rows {
    let mut rows = Rows::new(HEAD);
    rows.row(&[
        Cell::Text(word),
        Cell::Count(7),
        Cell::Number(1.0 / 3.0),
        Cell::Flag(true),
        Cell::Count(1),
        Cell::Empty,
    ]);
    rows.row(&[Cell::Empty, Cell::Count(8), Cell::maybe(None), Cell::Flag(false), Cell::Number(0.5), Cell::Empty]);
    rows
}

fn read(folder: &Path) -> Vec<Vec<Field>> {
    let reader = SerializedFileReader::new(File::open(folder.join("t.parquet")).unwrap()).unwrap();
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| row.unwrap().get_column_iter().map(|(_, field)| field.clone()).collect()).collect()
}

/// The bytes of every form.
fn bytes(folder: &Path) -> Vec<Vec<u8>> {
    ["csv", "json", "parquet"].map(|ending| fs::read(folder.join("t").with_extension(ending)).unwrap()).to_vec()
}

#[test]
fn all_forms_hold_the_same_rows() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = TableFile::create(folder.path(), HEAD, &KINDS).unwrap();
    for rows in [rows("=é,\"\n"), Rows::new(HEAD), rows("plain")] {
        file.append(&Chunk::of(rows, &KINDS).unwrap()).unwrap();
    }
    file.finish().unwrap();
    let csv = fs::read_to_string(folder.path().join("t.csv")).unwrap();
    let second = ",8,,false,0.5,\r\n";
    assert_eq!(
        csv,
        format!(
            "words,n,share,is,mixed,none\r\n\"'=é,\"\"\n\",7,0.333333,true,1,\r\n{second}plain,7,0.333333,true,1,\r\n{second}"
        )
    );
    let json: serde_json::Value = serde_json::from_slice(&fs::read(folder.path().join("t.json")).unwrap()).unwrap();
    assert_eq!(json[0]["words"], "=é,\"\n");
    assert_eq!(json[2]["share"], 0.333333);
    assert_eq!((&json[3]["is"], &json[3]["words"]), (&serde_json::json!(false), &serde_json::Value::Null));
    let third = Field::Double(1.0 / 3.0);
    let first =
        [Field::Str("=é,\"\n".into()), Field::Long(7), third, Field::Bool(true), Field::Double(1.0), Field::Null];
    let second = [Field::Null, Field::Long(8), Field::Null, Field::Bool(false), Field::Double(0.5), Field::Null];
    assert_eq!(read(folder.path())[..2], [first, second]);
    assert_eq!(read(folder.path())[2][0], Field::Str("plain".into()));
}

#[test]
fn what_columns_hold_is_seen_in_a_table_that_is_held_whole() {
    let folder = tempfile::tempdir().unwrap();
    write_table(folder.path(), rows("a")).unwrap();
    let told = bytes(folder.path());
    let mut file = TableFile::create(folder.path(), HEAD, &KINDS).unwrap();
    file.append(&Chunk::of(rows("a"), &KINDS).unwrap()).unwrap();
    file.finish().unwrap();
    assert!(bytes(folder.path()) == told, "other bytes");
    write_table(folder.path(), Rows::new(HEAD)).unwrap();
    let reader = SerializedFileReader::new(File::open(folder.path().join("t.parquet")).unwrap()).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
    assert_eq!(reader.metadata().file_metadata().schema_descr().num_columns(), 6);
}

#[test]
fn a_value_that_its_column_cannot_hold_is_an_error() {
    let error = Chunk::of(rows("a"), &[Kind::Flag; 6]).err().unwrap().to_string();
    assert_eq!(error, "t: column words holds another kind");
}

#[test]
fn rows_of_an_earlier_file_have_the_bytes_that_they_would_have_now() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let words = ["one", "two", "three", "two again"];
    let mut file = TableFile::create(first.path(), HEAD, &KINDS).unwrap();
    let mut append = |word| file.append(&Chunk::of(rows(word), &KINDS).unwrap()).unwrap();
    let places: Vec<_> = words.iter().map(|word| append(word)).collect();
    let footer = file.finish().unwrap().footer;

    // Another is before them, one is gone: they stand elsewhere in the new file.
    let kept = KeptTable::open(first.path(), HEAD, &footer).unwrap();
    let mut file = TableFile::create(second.path(), HEAD, &KINDS).unwrap();
    file.append(&Chunk::of(rows("new"), &KINDS).unwrap()).unwrap();
    for at in [0, 2, 3] {
        file.append(&kept.chunk(&places[at]).unwrap()).unwrap();
    }
    file.finish().unwrap();
    let taken = bytes(second.path());
    let mut file = TableFile::create(second.path(), HEAD, &KINDS).unwrap();
    for word in ["new", "one", "three", "two again"] {
        file.append(&Chunk::of(rows(word), &KINDS).unwrap()).unwrap();
    }
    file.finish().unwrap();
    assert!(bytes(second.path()) == taken, "other bytes");
    assert_eq!(read(second.path())[4][0], Field::Str("three".into()));
}

#[test]
fn rows_that_are_no_longer_as_they_were_written_are_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = TableFile::create(folder.path(), HEAD, &KINDS).unwrap();
    let place = file.append(&Chunk::of(rows("one"), &KINDS).unwrap()).unwrap();
    let footer = file.finish().unwrap().footer;
    let whole = bytes(folder.path());
    for (form, ending) in ["csv", "json", "parquet"].iter().enumerate() {
        let path = folder.path().join("t").with_extension(ending);
        for at in [whole[form].len() / 2, whole[form].len() - 12] {
            let mut bytes = whole[form].clone();
            bytes[at] ^= 1;
            fs::write(&path, bytes).unwrap();
            let taken = KeptTable::open(folder.path(), HEAD, &footer).and_then(|kept| kept.chunk(&place));
            assert!(taken.is_err(), "{ending} at {at}");
        }
        fs::write(&path, &whole[form][..10]).unwrap();
        assert!(KeptTable::open(folder.path(), HEAD, &footer).and_then(|kept| kept.chunk(&place)).is_err());
        fs::write(&path, &whole[form]).unwrap();
    }
    assert!(KeptTable::open(folder.path(), HEAD, &footer).unwrap().chunk(&place).is_ok());
}
