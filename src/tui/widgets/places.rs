//! Where on the screen things stand at a size, and what gives way on a small one.
//!
//! Margin 1, gutter in columns 2 to 11, bar or focus in 12, words in 14 to 78; row 1 where I am,
//! the last but one what was kept, the last the keys.

use ratatui::layout::Rect;

/// The smallest size with screens, columns and rows.
pub const SMALLEST: (u16, u16) = (60, 18);
/// Cells of the gutter.
pub const GUTTER: u16 = 10;
/// Cells of the panel beside the column.
pub const SIDE: u16 = 34;
const PAGE: u16 = 80;
const GAP: u16 = 2;
const LIST: u16 = 120;
const TALLEST: u16 = 40;
/// From the page's left edge to the gutter, to the bar, to the words; and from words to its end.
const GUTTER_AT: u16 = 1;
const BAR_AT: u16 = 11;
const WORDS_AT: u16 = 13;
const RIGHT: u16 = 2;

/// What there is room for. What goes, goes in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Density {
    /// Air around the client's words.
    pub air: bool,
    /// The row of what was kept.
    pub kept: bool,
    /// The steps in row 1.
    pub steps: bool,
    /// The last try.
    pub last_try: bool,
    /// Marks beneath the words; else they are folded into them.
    pub marks_beneath: bool,
}

impl Density {
    /// The density of a size.
    pub const fn of(width: u16, height: u16) -> Self {
        Self {
            air: height >= 24,
            kept: height >= 23,
            steps: height >= 22,
            last_try: height >= 21,
            marks_beneath: height >= 20 && width >= 70,
        }
    }
}

/// The places of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// The page: centred in the terminal.
    pub page: Rect,
    /// Where I am.
    pub heading: Rect,
    /// Everything between the heading and the last rows.
    pub body: Rect,
    /// What was kept; absent on a small screen.
    pub kept: Option<Rect>,
    /// The bottom line.
    pub keys: Rect,
    /// Beside the column, from 120 columns on: last try, checklist or scorer move here.
    pub side: Option<Rect>,
    /// What there is room for.
    pub density: Density,
}

/// A terminal too small for screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("rollwith needs 60x18, has {width}x{height}. All you typed is kept.")]
pub struct TooSmall {
    /// Its columns.
    pub width: u16,
    /// Its rows.
    pub height: u16,
}

/// Whether a terminal in which a list's words have `wide_words` cells has a panel beside the column
/// of its other screens.
pub const fn has_side(wide_words: usize) -> bool {
    wide_words + (WORDS_AT + RIGHT) as usize >= (PAGE + GAP + SIDE) as usize
}

impl Places {
    /// The places of a terminal of this size. `wide` is for lists and charts, which widen to 120
    /// columns and have nothing beside them.
    pub fn of(area: Rect, wide: bool) -> Result<Self, TooSmall> {
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            return Err(TooSmall { width: area.width, height: area.height });
        }
        let with_side = PAGE + GAP + SIDE;
        let side = !wide && area.width >= with_side;
        let page_width = match (wide, side) {
            (true, _) => area.width.min(LIST),
            (false, true) => with_side,
            (false, false) => area.width.min(PAGE),
        };
        let page_height = area.height.min(TALLEST);
        let page = Rect::new(
            area.x.saturating_add((area.width - page_width) / 2),
            area.y.saturating_add((area.height - page_height) / 2),
            page_width,
            page_height,
        );
        let density = Density::of(page_width, page_height);
        let line = |row: u16| Rect { y: page.y.saturating_add(row), height: 1, ..page };
        let top = 1 + u16::from(page_height > SMALLEST.1);
        let bottom = page_height - 1 - u16::from(density.kept);
        let body = Rect {
            y: page.y.saturating_add(top),
            height: bottom.saturating_sub(top),
            width: if side { PAGE } else { page_width },
            ..page
        };
        Ok(Self {
            page,
            heading: line(0),
            body,
            kept: density.kept.then(|| line(page_height - 2)),
            keys: line(page_height - 1),
            side: side.then(|| Rect { x: page.x.saturating_add(PAGE + GAP), width: SIDE, ..body }),
            density,
        })
    }

    /// Column of the gutter.
    pub const fn gutter_x(&self) -> u16 {
        self.page.x.saturating_add(GUTTER_AT)
    }

    /// Column of the bar and the focus.
    pub const fn bar_x(&self) -> u16 {
        self.page.x.saturating_add(BAR_AT)
    }

    /// Column of the words.
    pub const fn words_x(&self) -> u16 {
        self.page.x.saturating_add(WORDS_AT)
    }

    /// Cells of the words: 65 at 80 columns.
    pub const fn words_width(&self) -> u16 {
        self.body.width.saturating_sub(WORDS_AT + RIGHT)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::{Places, has_side};

    fn places(width: u16, height: u16) -> Places {
        Places::of(Rect::new(0, 0, width, height), false).unwrap()
    }

    #[test]
    fn the_drawn_size_has_the_drawn_places() {
        let at = places(80, 24);
        assert_eq!((at.gutter_x(), at.bar_x(), at.words_x(), at.words_width()), (1, 11, 13, 65));
        assert_eq!((at.heading.y, at.body.y, at.body.bottom()), (0, 2, 22));
        assert_eq!((at.kept.unwrap().y, at.keys.y, at.side), (22, 23, None));
    }

    #[test]
    fn larger_is_centred_with_room_beside_and_only_lists_widen() {
        let at = places(120, 40);
        assert_eq!((at.page.x, at.words_width(), at.side.unwrap().width), (2, 65, 34));
        let at = places(200, 60);
        assert_eq!((at.page.x, at.page.y, at.page.height, at.words_width()), (42, 10, 40, 65));
        let list = Places::of(Rect::new(0, 0, 200, 60), true).unwrap();
        assert_eq!((list.page.width, list.side), (120, None));
        for width in 60..=200 {
            let area = Rect::new(0, 0, width, 40);
            let list = Places::of(area, true).unwrap();
            let there = Places::of(area, false).unwrap().side.is_some();
            assert_eq!(has_side(usize::from(list.words_width())), there, "{width}");
        }
    }

    #[test]
    fn things_give_way_in_order_and_below_the_smallest_it_says_so() {
        let gone = |height| {
            let density = places(80, height).density;
            [density.air, density.kept, density.steps, density.last_try, density.marks_beneath]
                .iter()
                .filter(|there| !**there)
                .count()
        };
        assert_eq!([24, 23, 22, 21, 20, 19, 18].map(gone), [0, 1, 2, 3, 4, 5, 5]);
        let error = Places::of(Rect::new(0, 0, 41, 10), false).unwrap_err();
        assert_eq!(error.to_string(), "rollwith needs 60x18, has 41x10. All you typed is kept.");
    }
}
