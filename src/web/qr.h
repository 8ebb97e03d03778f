/* qr: a picture that a telephone's camera reads (QR code, ISO/IEC 18004), as SVG. */
#ifndef MC_QR_H
#define MC_QR_H
struct arena;

/* The picture, black on white with its quiet zone; "" if the text is too long for one. */
const char *qr_svg(struct arena *mem, const char *text);

#endif
