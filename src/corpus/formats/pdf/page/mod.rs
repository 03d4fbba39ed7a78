//! One page in, its lines out, in the order in which they were drawn.

mod bidi;
mod glyphs;
mod lines;
mod words;

pub(super) use glyphs::Turn;
pub(super) use lines::Line;

use glyphs::Eye;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};

/// What was seen of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// Width and height in points, as it is shown.
    pub(super) extent: (f32, f32),
    /// Its lines, in the order in which they were drawn.
    pub(super) lines: Vec<Line>,
    /// Glyphs that nothing says the meaning of.
    pub(super) n_unknown: usize,
    /// Share of it under pictures, 0-1.
    pub(super) pictured: f32,
    /// Shapes that were filled or stroked.
    pub(super) n_shapes: usize,
}

/// Looks at a page.
pub(super) fn seen<'a>(page: &Page<'a>, cache: &InterpreterCache<'a>, settings: &InterpreterSettings) -> Sheet {
    let (width, height) = page.render_dimensions();
    let extent = (f64::from(width), f64::from(height));
    let to_points = Affine::new(page.initial_transform(true).as_coeffs());
    let frame = Rect::new(0.0, 0.0, 1.0, 1.0);
    let mut context = Context::new(Affine::IDENTITY, frame, cache, page.xref(), settings.clone());
    let mut eye = Eye::new(to_points, extent);
    interpret_page(page, &mut context, &mut eye);
    eye.drop_bad_guesses();
    let words = bidi::as_written(words::of(&mut eye));
    let area = (extent.0 * extent.1).max(1.0);
    Sheet {
        extent: (width, height),
        lines: lines::of(words),
        n_unknown: eye.n_unknown,
        pictured: (eye.pictured / area).min(1.0) as f32,
        n_shapes: eye.n_shapes,
    }
}

impl Sheet {
    /// Bytes of text on it.
    pub(super) fn n_bytes(&self) -> usize {
        self.lines.iter().map(|line| line.text.len()).sum()
    }
}
