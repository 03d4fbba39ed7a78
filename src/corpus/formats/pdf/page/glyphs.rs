//! What a page draws: its glyphs in the order of the stream, and how much of it pictures cover.

use super::super::signs::{self, Sign};
use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

/// One glyph, turned so that its line runs from left to right: `x` grows along the line, `y` downwards, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// Where it starts and ends along the line.
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// Its baseline.
    pub(super) y: f32,
    /// Size of its font.
    pub(super) size: f32,
    /// What it stands for.
    pub(super) sign: Sign,
    /// Which way its line runs.
    pub(super) turn: Turn,
    /// Tells apart glyphs of the same letter in different faces.
    pub(super) face: u32,
    /// Whether its size is known only from its width.
    pub(super) sized_by_width: bool,
    /// Whether its font does not say what it stands for.
    pub(super) is_guessed: bool,
}

/// The way a line runs on its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) enum Turn {
    /// From left to right.
    #[default]
    Upright,
    /// From bottom to top.
    Up,
    /// From right to left, upside down.
    Over,
    /// From top to bottom.
    Down,
}

impl Turn {
    /// The point turned so that a line that runs this way runs from left to right.
    fn upright(self, p: Point) -> (f32, f32) {
        let (x, y) = match self {
            Turn::Upright => (p.x, p.y),
            Turn::Up => (-p.y, p.x),
            Turn::Over => (-p.x, -p.y),
            Turn::Down => (p.y, -p.x),
        };
        (x as f32, y as f32)
    }

    fn of(dx: f64, dy: f64) -> Self {
        match dx.abs() >= dy.abs() {
            true if dx >= 0.0 => Turn::Upright,
            true => Turn::Over,
            false if dy < 0.0 => Turn::Up,
            false => Turn::Down,
        }
    }
}

/// Most glyphs taken of one page; a dense page has some ten thousand.
const N_GLYPHS: usize = 1_000_000;

/// Sees a page drawn, and keeps what it can be read by.
pub(super) struct Eye {
    /// From the units of the page to points, the origin at the top left.
    to_points: Affine,
    /// Width and height of the page in points.
    extent: (f64, f64),
    /// What was drawn as text, in the order of the stream.
    pub(super) glyphs: Vec<Glyph>,
    /// What runs of several characters stand for; `Sign::Many` counts from here.
    pub(super) many: Vec<String>,
    /// Glyphs that nothing says the meaning of.
    pub(super) n_unknown: usize,
    /// Glyphs whose meaning was guessed.
    n_guessed: usize,
    /// Area under pictures, in square points, overlaps counted twice.
    pub(super) pictured: f64,
    /// Shapes that were filled or stroked.
    pub(super) n_shapes: usize,
}

impl Eye {
    pub(super) fn new(to_points: Affine, extent: (f64, f64)) -> Self {
        Self {
            to_points,
            extent,
            glyphs: Vec::new(),
            many: Vec::new(),
            n_unknown: 0,
            n_guessed: 0,
            pictured: 0.0,
            n_shapes: 0,
        }
    }

    /// Drops what was guessed unless it reads like words: many letters, a usual share of them vowels, blanks between.
    pub(super) fn drop_bad_guesses(&mut self) {
        if self.n_guessed == 0 {
            return;
        }
        let (mut n_letters, mut n_vowels, mut n_blanks) = (0, 0, 0);
        for glyph in self.glyphs.iter().filter(|glyph| glyph.is_guessed) {
            match glyph.sign {
                Sign::One(c) if c.is_ascii_alphabetic() => {
                    n_letters += 1;
                    n_vowels += usize::from("aeiouAEIOU".contains(c));
                }
                Sign::Blank => n_blanks += 1,
                _ => {}
            }
        }
        let reads = n_letters * 10 >= self.n_guessed * 6
            && (24..=52).contains(&(n_vowels * 100 / n_letters.max(1)))
            && n_letters >= 5
            && n_blanks * 20 >= self.n_guessed;
        if !reads {
            self.glyphs.retain(|glyph| !glyph.is_guessed);
            self.n_unknown += self.n_guessed;
        }
    }

    fn see(&mut self, glyph: &Drawn, place: Affine, is_vertical: bool) {
        let place = self.to_points * place;
        let (advance, is_type3) = match glyph {
            Drawn::Outline(outline) => (outline.advance_width(), false),
            Drawn::Type3(glyph) => (glyph.advance_width(), true),
        };
        let advance = f64::from(advance.unwrap_or(500.0));
        let (from, to) = (place * Point::ZERO, place * Point::new(advance, 0.0));
        let [xx, xy, yx, yy, ..] = place.as_coeffs();
        let size = yx.hypot(yy) * 1000.0;
        if !(from.x.is_finite() && from.y.is_finite() && to.x.is_finite() && to.y.is_finite() && size.is_finite()) {
            return;
        }
        let slack = size.clamp(1.0, 40.0);
        let inside = |at: f64, extent: f64| at > -slack && at < extent + slack;
        if !inside(from.x, self.extent.0) || !inside(from.y, self.extent.1) {
            return;
        }
        let n_guessed = self.n_guessed;
        let Some(sign) = self.sign(glyph, is_type3) else {
            self.n_unknown += 1;
            return;
        };
        // Where lines run down the page, its glyphs stand upright one under the other, each as high as its font is.
        let turn = if is_vertical { Turn::Down } else { Turn::of(xx, xy) };
        let to = if is_vertical { Point::new(from.x, from.y + size) } else { to };
        let ((a, y), (b, _)) = (turn.upright(from), turn.upright(to));
        let face = match glyph {
            Drawn::Outline(outline) => outline.identifier().cache_key() as u32,
            Drawn::Type3(_) => 0,
        };
        self.glyphs.push(Glyph {
            x0: a.min(b),
            x1: a.max(b),
            y,
            size: (size as f32).clamp(0.5, 500.0),
            sign,
            turn,
            face,
            sized_by_width: is_type3,
            is_guessed: self.n_guessed > n_guessed,
        });
    }

    /// What the glyph stands for, as its font says it; old TeX fonts say nothing and have a code of their own.
    fn sign(&mut self, glyph: &Drawn, is_type3: bool) -> Option<Sign> {
        match glyph.as_unicode() {
            Some(BfString::Char(c)) => Some(signs::plain(c)),
            Some(BfString::String(s)) => {
                let mut chars = s.chars();
                match (chars.next(), chars.next()) {
                    (None, _) => None,
                    (Some(c), None) => Some(signs::plain(c)),
                    _ => {
                        self.many.push(s);
                        Some(Sign::Many(u32::try_from(self.many.len() - 1).unwrap_or(u32::MAX)))
                    }
                }
            }
            None if is_type3 => signs::old_tex(glyph.char_code()),
            None => signs::old_office(glyph.char_code()).inspect(|_| self.n_guessed += 1),
        }
    }
}

impl<'a> Device<'a> for Eye {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.n_shapes += 1;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_clip_rect(&mut self, _: &Rect) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let is_vertical = run.writing_mode() == WritingMode::Vertical;
        for glyph in run.glyphs() {
            if self.glyphs.len() < N_GLYPHS {
                self.see(glyph, props.transform * glyph.transform(), is_vertical);
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = match &image {
            Image::Stencil(stencil) => (stencil.width(), stencil.height()),
            Image::Raster(raster) => (raster.width(), raster.height()),
        };
        let page = Rect::new(0.0, 0.0, self.extent.0, self.extent.1);
        let frame = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let area = (self.to_points * props.transform).transform_rect_bbox(frame).intersect(page).area();
        if area.is_finite() {
            self.pictured += area.max(0.0);
        }
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {
        self.n_shapes += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
