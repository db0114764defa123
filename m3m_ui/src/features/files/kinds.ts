import { File, FileArchive, FileAudio, FileCode, FileText, FileVideo, Folder, Image, type LucideIcon } from 'lucide-react'
import type { Entry } from './api'

export type Kind = 'folder' | 'image' | 'audio' | 'video' | 'pdf' | 'text' | 'archive' | 'other'

/** What the server reads and writes as text. */
export const LARGEST_TEXT = 2 * 1024 * 1024
/** Pictures are loaded whole to be shown. */
export const LARGEST_PICTURE = 40 * 1024 * 1024

const IMAGES = /^image\/(png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)$/
const TEXTS = /^text\/|^application\/(json|yaml|toml|xml|javascript|sql|x-sh|x-httpd-php)$|\+(json|xml)$/
const CODE = /\.(js|mjs|ts|tsx|jsx|json|jsonl|ya?ml|toml|xml|html?|css|sql|sh|py|ini|cfg|conf|env|log|csv|tsv|md|txt|d\.ts|gitignore)$/i
const ARCHIVE = /\.(zip|gz|tgz|tar|7z|rar|xz|bz2)$/i

export function kindOf(entry: Pick<Entry, 'is_dir' | 'mime' | 'name'>): Kind {
  if (entry.is_dir) return 'folder'
  const mime = entry.mime ?? ''
  if (IMAGES.test(mime)) return 'image'
  if (mime.startsWith('audio/')) return 'audio'
  // .ts is a video for the table of types, and a program for everybody here
  if (CODE.test(entry.name) || TEXTS.test(mime)) return 'text'
  if (mime.startsWith('video/')) return 'video'
  if (mime === 'application/pdf') return 'pdf'
  return ARCHIVE.test(entry.name) ? 'archive' : 'other'
}

/** The server makes small pictures of these. */
export function hasThumb(entry: Entry): boolean {
  return kindOf(entry) === 'image' && entry.mime !== 'image/svg+xml' && entry.mime !== 'image/avif' && entry.size <= LARGEST_PICTURE
}

export function isZip(entry: Entry): boolean {
  return !entry.is_dir && entry.name.toLowerCase().endsWith('.zip')
}

export const ICONS: Record<Kind, LucideIcon> = {
  folder: Folder,
  image: Image,
  audio: FileAudio,
  video: FileVideo,
  pdf: FileText,
  text: FileCode,
  archive: FileArchive,
  other: File,
}
