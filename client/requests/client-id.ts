/** An id that no other client makes: 128 random bits. (crypto.randomUUID is there over https only, and offices have http.) */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `client-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
