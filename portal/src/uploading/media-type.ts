/** For files whose type the browser does not know by itself. The server proves the type by the bytes. */
const byExtension: Record<string, string> = {
  mp4: 'video/mp4', m4v: 'video/mp4', mov: 'video/quicktime', mkv: 'video/x-matroska', webm: 'video/webm', avi: 'video/x-msvideo',
  mpg: 'video/mpeg', mpeg: 'video/mpeg', ts: 'video/mp2t', mts: 'video/mp2t', ogv: 'video/ogg',
  mp3: 'audio/mpeg', m4a: 'audio/mp4', aac: 'audio/aac', wav: 'audio/wav', flac: 'audio/flac', ogg: 'audio/ogg', oga: 'audio/ogg', opus: 'audio/ogg',
};

/** What the file picker offers. */
export const accepted = ['video/*', 'audio/*', ...Object.keys(byExtension).map((extension) => `.${extension}`)];

export function mediaTypeOf(file: Pick<File, 'name' | 'type'>): string {
  const known = byExtension[file.name.split('.').at(-1)?.toLowerCase() ?? ''];
  // Browsers name Matroska, WAV and FLAC in several ways; the extension decides where we know it.
  return known ?? (file.type || 'application/octet-stream');
}

/** `beach_final-2.mp4` as the first title: `beach final 2`. */
export function titleFrom(fileName: string): string {
  const name = fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[_-]+/g, ' ').replace(/\s+/g, ' ').trim();
  return name || fileName;
}
