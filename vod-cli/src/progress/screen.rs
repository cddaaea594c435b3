//! Lines at the end of a terminal that are replaced again and again.

use crate::io::Stream;

/// The lines that were drawn last stand right above the cursor.
#[derive(Debug)]
pub(super) struct Screen {
    stream: Stream,
    drawn: usize,
}

impl Screen {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream, drawn: 0 }
    }

    /// Replaces what was drawn by other lines. None may be as wide as the terminal, which would
    /// break it into two.
    pub(super) fn draw(&mut self, lines: &[String]) {
        let mut text = self.start();
        for line in lines {
            text.push_str(line);
            text.push_str(TO_END_OF_LINE);
            text.push('\n');
        }
        text.push_str(TO_END_OF_SCREEN);
        self.drawn = lines.len();
        // In one piece, so that no half of it is seen. Without a terminal nobody misses it.
        let _ = self.stream.write(&text);
    }

    /// Removes what was drawn, so that something else can be written.
    pub(super) fn clear(&mut self) {
        if self.drawn > 0 {
            let text = self.start() + TO_END_OF_SCREEN;
            self.drawn = 0;
            let _ = self.stream.write(&text);
        }
    }

    /// Goes back to the first line that was drawn.
    fn start(&self) -> String {
        match self.drawn {
            0 => String::new(),
            lines => format!("\r\u{1b}[{lines}A"),
        }
    }
}

const TO_END_OF_LINE: &str = "\u{1b}[K";
const TO_END_OF_SCREEN: &str = "\u{1b}[J";
