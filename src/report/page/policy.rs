//! The page's content security policy: nothing is loaded, and of what is inside only our own style and script are used.

/// The policy for these texts, each allowed by its digest. An image can only be one that the page has made itself: a chart
/// on its way to a file. No text can be turned into markup or script by any means that the browser knows.
pub fn policy(style: &str, scripts: &[&str]) -> String {
    let allowed = |text: &str| format!(" 'sha256-{}'", base64(&sha256(text.as_bytes())));
    format!(
        "default-src 'none'; style-src{}; script-src{}; img-src blob:; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        allowed(style),
        scripts.iter().map(|script| allowed(script)).collect::<String>()
    )
}

/// SHA-256 (FIPS 180-4), which is what browsers understand. For a text of the program, hashed once a page.
fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut state: [u32; 8] = roots(|prime| prime.sqrt());
    let rounds: [u32; 64] = roots(f64::cbrt);
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    padded.resize(padded.len().next_multiple_of(64), 0);
    if padded.len() - bytes.len() < 9 {
        padded.resize(padded.len() + 64, 0);
    }
    let end = padded.len() - 8;
    padded[end..].copy_from_slice(&(bytes.len() as u64 * 8).to_be_bytes());
    for block in padded.chunks_exact(64) {
        add_block(&mut state, block, &rounds);
    }
    let mut digest = [0; 32];
    for (bytes, word) in digest.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

/// First 32 bits of the fractional parts of the roots of the first primes: the constants of SHA-256. A float's 52 bits hold
/// a whole part below 8 and those 32 bits.
fn roots<const N: usize>(root: fn(f64) -> f64) -> [u32; N] {
    let mut primes = (2u32..).filter(|&n| (2..n).take_while(|d| d * d <= n).all(|d| n % d != 0));
    std::array::from_fn(|_| (root(f64::from(primes.next().unwrap_or(2))).fract() * 4_294_967_296.0) as u32)
}

fn add_block(state: &mut [u32; 8], block: &[u8], rounds: &[u32; 64]) {
    let mut words = [0u32; 64];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |word, &byte| word << 8 | u32::from(byte));
    }
    for at in 16..64 {
        let (a, b) = (words[at - 15], words[at - 2]);
        let low = a.rotate_right(7) ^ a.rotate_right(18) ^ a >> 3;
        let high = b.rotate_right(17) ^ b.rotate_right(19) ^ b >> 10;
        words[at] = words[at - 16].wrapping_add(low).wrapping_add(words[at - 7]).wrapping_add(high);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (word, round) in words.iter().zip(rounds) {
        let high = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let first = h.wrapping_add(high).wrapping_add((e & f) ^ (!e & g)).wrapping_add(*round).wrapping_add(*word);
        let low = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let second = low.wrapping_add((a & b) ^ (a & c) ^ (b & c));
        (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(first), c, b, a, first.wrapping_add(second));
    }
    for (word, add) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(add);
    }
}

/// Base 64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= three.len() { digit as char } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standard() {
        // FIPS 180-4 examples, and a message that pads into a second block.
        let digests = [
            ("", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
            ("abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE=",
            ),
        ];
        for (text, digest) in digests {
            assert_eq!(base64(&sha256(text.as_bytes())), digest, "{text:?}");
        }
    }
}
