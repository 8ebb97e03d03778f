#include "qr.h"
#include "../base/text.h"

#include <qrencode.h>

enum { QR_QUIET = 4 };          /* modules of white around it, as the standard asks */

const char *qr_svg(struct arena *mem, const char *text)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (!code)
		return "";
	struct text t = text_begin(mem);
	int side = code->width + 2 * QR_QUIET;
	text_print(&t, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
		   "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"", side, side, side, side);
	for (int y = 0; y < code->width; y++)
		for (int x = 0; x < code->width; x++)
			if (code->data[y * code->width + x] & 1)
				text_print(&t, "M%d %dh1v1h-1z", x + QR_QUIET, y + QR_QUIET);
	text_add(&t, "\"/></svg>\n");
	QRcode_free(code);
	return text_end(&t);
}
