#include "identity.h"
#include "../base/day.h"

#include <stddef.h>
#include <string.h>

static bool identity_digit(char c) { return c >= '0' && c <= '9'; }

/* How many characters, but never looking beyond most of them. */
static size_t identity_length(const char *text, size_t most)
{
	size_t n = 0;
	while (n < most && text[n])
		n++;
	return n;
}

/* GB 11643-1999: six digits of region, eight of birth, three of order (odd for men), and the
 * check character of ISO 7064 MOD 11-2 over the other seventeen. */
bool identity_citizen(const char *number)
{
	static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	static const char checks[] = "10X98765432";
	int sum = 0;
	if (!number || identity_length(number, 19) != 18 || number[0] == '0')
		return false;
	for (size_t i = 0; i < 17; i++) {
		if (!identity_digit(number[i]))
			return false;
		sum += (number[i] - '0') * weights[i];
	}
	return checks[sum % 11] == number[17] && identity_birthday(number) != INT64_MIN;
}

int64_t identity_birthday(const char *citizen)
{
	char date[] = "yyyy-mm-dd";
	int64_t day;
	if (!citizen || identity_length(citizen, 19) != 18)
		return INT64_MIN;
	memcpy(date, citizen + 6, 4);
	memcpy(date + 5, citizen + 10, 2);
	memcpy(date + 8, citizen + 12, 2);
	if (!day_parse(date, &day) || day > day_from(2100, 12, 31))
		return INT64_MIN;
	return day;
}

bool identity_woman(const char *citizen)
{
	return citizen && identity_length(citizen, 19) == 18 && identity_digit(citizen[16])
		&& (citizen[16] - '0') % 2 == 0;
}

/* GB 32100-2015: the kind of registration, six digits of region, nine of the organisation,
 * and the check character: 31 less the sum of value times 3 to the place, modulo 31. I, O, S,
 * V and Z are not used, as they are easily misread. */
bool identity_credit_code(const char *code)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	int sum = 0, weight = 1;
	if (!code || identity_length(code, 19) != 18)
		return false;
	for (size_t i = 0; i < 17; i++) {
		const char *at = strchr(alphabet, code[i]);
		if (!at || (i >= 2 && i < 8 && !identity_digit(code[i])))
			return false;
		sum += (int)(at - alphabet) * weight;
		weight = weight * 3 % 31;
	}
	return code[17] == alphabet[(31 - sum % 31) % 31];
}

bool identity_passport(const char *number)
{
	size_t n = number ? identity_length(number, 21) : 0;
	for (size_t i = 0; i < n; i++)
		if (!identity_digit(number[i]) && !(number[i] >= 'A' && number[i] <= 'Z')
		    && !(number[i] >= 'a' && number[i] <= 'z'))
			return false;
	return n >= 5 && n <= 20;
}

/* E.164 numbers have at most 15 digits and their country code does not begin with 0. */
bool identity_mobile(const char *number)
{
	size_t n = number ? identity_length(number, 17) : 0;
	bool abroad = n > 0 && number[0] == '+';
	for (size_t i = abroad; i < n; i++)
		if (!identity_digit(number[i]))
			return false;
	if (abroad)
		return n >= 8 && n <= 16 && number[1] != '0';
	return n == 11 && number[0] == '1' && number[1] >= '3';
}
