"""The names that a PDF may say where the standard leaves a choice. Any other name there may be a word of somebody."""

_NAMES = (
    # What a part is.
    "Catalog Pages Page Outlines Annot XObject Font FontDescriptor ExtGState Pattern Group Mask StructTreeRoot "
    "StructElem MCR OBJR OCG OCMD OutputIntent Encoding CMap Border Action PageLabel Image Form Type0 Type1 MMType1 "
    "Type3 TrueType CIDFontType0 CIDFontType2 CIDFontType0C Type1C OpenType Text Link FreeText Line Square Circle "
    "Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Popup Widget PrinterMark Watermark Redact "
    # How a document is shown.
    "1.0 1.1 1.2 1.3 1.4 1.5 1.6 1.7 2.0 SinglePage OneColumn TwoColumnLeft TwoColumnRight TwoPageLeft TwoPageRight "
    "UseNone UseOutlines UseThumbs FullScreen UseOC UseAttachments R C S A W L2R R2L MediaBox CropBox BleedBox TrimBox "
    "ArtBox None AppDefault Simplex DuplexFlipShortEdge DuplexFlipLongEdge D r a GoTo URI Named NextPage PrevPage "
    "FirstPage LastPage Print GTS_PDFX GTS_PDFA1 ISO_PDFE1 "
    # Colours and drawing.
    "AbsoluteColorimetric RelativeColorimetric Saturation Perceptual Normal Compatible Multiply Screen Overlay Darken "
    "Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue Color Luminosity Alpha Transparency "
    "DeviceGray DeviceRGB DeviceCMYK G RGB CMYK I CalGray CalRGB CalCMYK Lab ICCBased Indexed Separation DeviceN "
    "NChannel Identity Default PDF ImageB ImageC ImageI "
    # Letters.
    "WinAnsiEncoding MacRomanEncoding MacExpertEncoding StandardEncoding UltraCondensed ExtraCondensed Condensed "
    "SemiCondensed SemiExpanded Expanded ExtraExpanded UltraExpanded "
    # Notes, fields and layers.
    "Diamond OpenArrow ClosedArrow Butt ROpenArrow RClosedArrow Slash N O P T B U FreeTextCallout FreeTextTypeWriter "
    "LineArrow LineDimension PolygonCloud PolyLineDimension PolygonDimension Inline Top Btn Tx Ch Sig ON OFF Unchanged "
    "AllOn AnyOn AnyOff AllOff VisiblePages AllPages And Or Not View Design All "
    # The structure for readers of the screen.
    "Layout List Table PrintField FENote Artifact HTML-3.20 HTML-4.01 HTML-5.00 OEB-1.00 RTF-1.05 XML-1.00 CSS-1.00 "
    "CSS-2.00 CSS-3.00 ARIA-1.1 Block Before Start End After LrTb RlTb TbRl TbLr Hidden Dotted Dashed Solid Double "
    "Groove Ridge Inset Outset Center Justify Middle Auto Overline LineThrough Disc Decimal UpperRoman LowerRoman "
    "UpperAlpha LowerAlpha Unordered Ordered Description Row Column Both rb cb pb tv lb on off neutral checked "
    "Pagination Background Header Footer Bottom Left Right"
)
KNOWN_NAMES = frozenset(f"/{name}" for name in _NAMES.split())
COLLECTIONS = frozenset(["Adobe", "Identity", "UCS", "Japan1", "Japan2", "GB1", "CNS1", "Korea1", "KR"])
"""The sets of letters that readers have tables for, and who made them."""
PACKED = frozenset({"/FlateDecode", "/Fl", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx", "/LZWDecode", "/LZW",
                    "/RunLengthDecode", "/RL"})  # fmt: skip
DRAWN = frozenset({"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"})
"""How data are packed, and what turns them into a picture: that comes last."""
