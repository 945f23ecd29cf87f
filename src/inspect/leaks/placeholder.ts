/** Bits of information a character, by Shannon: 0 for `aaaa`, about 4 for hexadecimal digits, 5 and more for random base64. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/** What stands where a secret is to be put: words, signs of a template, runs of one kind. */
const stands =
  /example|sample|change.?(me|this|it)|place.?holder|your|dummy|fake|mock|redacted|replace|insert|to.?do|x{4,}|\*{3,}|\.{3}|…|<[^>]*>|\$\{|\$\(|\{\{|%\(|^\$\w+$|^%\w+%$|123456|abcdef|0{6,}|deadbeef|foobar|not.?a.?(real|secret)|^test|test$|[_-]test[_-]/i

/** What everybody gives for want of a secret: names of servers and roles, words for nothing. */
const common = new Set(
  (
    'admin administrator airflow dev development default empty false guest hunter2 local localhost minio minioadmin minio123 mlflow mysql ' +
    'nil none null nobody pass passwd password passw0rd password1 postgres pw pwd qwerty rabbitmq redis root secret secretkey test tests ' +
    'token true undefined unset user username value xxx'
  ).split(' '),
)

/** Whether a value only stands for a secret, as in a template or a documentation. */
export function isPlaceholder(value: string): boolean {
  return common.has(value.toLowerCase()) || stands.test(value) || new Set(value).size < 4
}
